import type { StageRuntime } from './stage-runtime.ts';

/** One reading of a stage from the store. */
export interface LoadedStage {
  /** Tells a stage from another that took its place under the same name. */
  readonly incarnation: string;
  readonly runtime: StageRuntime;
}

type State =
  | { readonly kind: 'stale' }
  | { readonly kind: 'loading'; readonly runtime: Promise<StageRuntime | undefined> }
  | { readonly kind: 'fresh'; readonly runtime: StageRuntime }
  /** Deleted, or replaced by another of the same name. */
  | { readonly kind: 'retired' };

export interface LiveStageOptions {
  readonly apiId: string;
  readonly name: string;
  load(): Promise<LoadedStage | undefined>;
  onRetired(stage: LiveStage): void;
}

/**
 * A stage for as long as it exists: what connections hold on to while its configuration changes under them. It is
 * compiled when first needed after a change; concurrent users share one compilation, and a change during a compilation
 * makes it run again before anyone sees its result.
 */
export class LiveStage {
  readonly apiId: string;
  readonly name: string;
  readonly #options: LiveStageOptions;
  #state: State = { kind: 'stale' };
  #changes = 0;
  #incarnation: string | undefined;
  #lastRuntime: StageRuntime | undefined;

  constructor(options: LiveStageOptions) {
    this.apiId = options.apiId;
    this.name = options.name;
    this.#options = options;
  }

  get isRetired(): boolean {
    return this.#state.kind === 'retired';
  }

  /** What was served last: a stage that is gone still says how its connections are to be ended. */
  get lastRuntime(): StageRuntime | undefined {
    return this.#lastRuntime;
  }

  /** The current configuration, at once when it is known; `undefined` when the stage is gone. */
  runtime(): StageRuntime | Promise<StageRuntime | undefined> {
    if (this.#state.kind === 'fresh') return this.#state.runtime;
    if (this.#state.kind === 'loading') return this.#state.runtime;
    if (this.#state.kind === 'retired') return Promise.resolve(undefined);
    const runtime = this.#load();
    this.#state = { kind: 'loading', runtime };
    return runtime;
  }

  /** The configuration has changed: whoever asks from now on gets the new one. */
  invalidate(): void {
    this.#changes += 1;
    if (this.#state.kind === 'fresh') this.#state = { kind: 'stale' };
  }

  async #load(): Promise<StageRuntime | undefined> {
    try {
      let changes: number;
      let loaded: LoadedStage | undefined;
      do {
        changes = this.#changes;
        loaded = await this.#options.load();
      } while (changes !== this.#changes);
      return this.#adopt(loaded);
    } catch (error) {
      // The next user tries again.
      this.#state = { kind: 'stale' };
      throw error;
    }
  }

  #adopt(loaded: LoadedStage | undefined): StageRuntime | undefined {
    this.#incarnation ??= loaded?.incarnation;
    if (!loaded || loaded.incarnation !== this.#incarnation) {
      this.#state = { kind: 'retired' };
      this.#options.onRetired(this);
      return undefined;
    }
    this.#lastRuntime = loaded.runtime;
    this.#state = { kind: 'fresh', runtime: loaded.runtime };
    return loaded.runtime;
  }
}
