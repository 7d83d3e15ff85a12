import { neverSent, type RunEvent } from './events.ts';
import type { FrameState, RunState } from './run-state.ts';

type Values = Readonly<Record<string, unknown>>;
type Event<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

/** A step whose request was sent, and of which it is not known what came of it. */
export interface UnknownStep {
  readonly workflowId: string;
  readonly stepId: string;
}

export type RunProgress = 'succeeded' | 'failed' | 'interrupted' | 'unfinished';

type Frame = { -readonly [Name in keyof Omit<FrameState, 'steps'>]: FrameState[Name] } & {
  readonly steps: Map<string, Values>;
  /** The step that is tried again once what prepares it has run. */
  retrying?: string;
  /** Runs to prepare a retry: the run goes on at the step that is retried. */
  readonly prepares: boolean;
};

/** Follows the events of a run, and of runs that went on from it, and knows from where the next one can go on. */
export class RunTracker {
  #workflowIds: readonly string[] = [];
  #done = 0;
  readonly #finished = new Map<string, Values>();
  readonly #completed = new Map<string, Set<string>>();
  #open: Frame[] = [];
  /** Of the run that this one goes on from, until its first step ends. */
  #resumed: readonly FrameState[] = [];
  /** The workflow that ended last, for one that it jumped to. */
  #ended: Frame | undefined;
  /** Where it failed at first, while nothing has dealt with it. */
  #failure: readonly FrameState[] | undefined;
  #pending: (UnknownStep & { readonly answered: boolean }) | undefined;
  #progress: RunProgress = 'unfinished';

  /** How the run ended, if it did. */
  get progress(): RunProgress {
    return this.#progress;
  }

  /** The step that must not be sent again unasked, if there is one. */
  get unknown(): UnknownStep | undefined {
    return this.#pending && { workflowId: this.#pending.workflowId, stepId: this.#pending.stepId };
  }

  get state(): RunState {
    // A workflow that is over was the last of its turn, unless it failed.
    const isOver = this.#open.length === 0 && this.#ended !== undefined && this.#failure === undefined;
    return {
      workflowIds: this.#workflowIds,
      done: isOver ? this.#done + 1 : this.#done,
      finished: Object.fromEntries(this.#finished),
      completed: Object.fromEntries([...this.#completed].map(([id, steps]) => [id, [...steps]])),
      frames: this.#failure ?? this.#frames(),
    };
  }

  observe(event: RunEvent): void {
    switch (event.kind) {
      case 'run-started':
        this.#begin(event);
        break;
      case 'workflow-started':
        this.#startWorkflow(event);
        break;
      case 'workflow-succeeded':
        this.#finished.set(event.workflowId, event.outputs);
        this.#ended = this.#open.pop();
        break;
      case 'workflow-failed':
        this.#failure ??= this.#frames();
        this.#open.pop();
        break;
      case 'run-succeeded':
        this.#progress = 'succeeded';
        break;
      case 'run-failed':
        this.#progress = 'failed';
        break;
      case 'run-interrupted':
        this.#progress = 'interrupted';
        break;
      case 'warning':
        break;
      default:
        this.#observeStep(event);
    }
  }

  #observeStep(
    event: Event<'step-started' | 'request' | 'response' | 'step-succeeded' | 'step-failed' | 'step-retrying'>,
  ): void {
    const { workflowId, stepId } = event;
    switch (event.kind) {
      case 'step-started':
        this.#startStep(stepId);
        break;
      case 'request':
        this.#pending = { workflowId, stepId, answered: false };
        break;
      case 'response':
        this.#pending = { workflowId, stepId, answered: true };
        break;
      case 'step-succeeded':
        this.#succeed(event);
        break;
      case 'step-failed':
        this.#fail(event);
        break;
      case 'step-retrying':
        Object.assign(this.#open.at(-1) ?? {}, { retrying: stepId });
        break;
    }
  }

  #begin({ workflowIds }: Event<'run-started'>): void {
    const { done, frames } = this.state;
    this.#resumed = frames;
    this.#done = done;
    this.#workflowIds = workflowIds;
    this.#open = [];
    this.#ended = undefined;
    this.#failure = undefined;
    this.#pending = undefined;
    this.#progress = 'unfinished';
  }

  #startWorkflow({ workflowId, transfer }: Event<'workflow-started'>): void {
    const depth = this.#open.length;
    const prepares = this.#open.at(-1)?.retrying !== undefined;
    // Only now is the workflow before it in the order over: until then it might have jumped.
    if (depth === 0 && transfer === undefined && this.#ended !== undefined) this.#done += 1;
    const resumed = this.#resumed[depth];
    const parameters = transfer && { ...this.#ended?.parameters, ...transfer.parameters };
    const fresh: FrameState = { workflowId, parameters: parameters ?? {}, steps: {}, isDone: false };
    const frame = resumed?.workflowId === workflowId ? resumed : fresh;
    this.#open.push({ ...frame, steps: new Map(Object.entries(frame.steps)), prepares });
    this.#ended = undefined;
    this.#failure = undefined;
  }

  #startStep(stepId: string): void {
    this.#failure = undefined;
    this.#pending = undefined;
    const frame = this.#open.at(-1);
    if (frame === undefined || (frame.retrying !== undefined && frame.retrying !== stepId)) return;
    delete frame.retrying;
    frame.stepId = stepId;
    frame.isDone = false;
  }

  #succeed({ workflowId, stepId, outputs }: Event<'step-succeeded'>): void {
    this.#resumed = [];
    this.#pending = undefined;
    this.#completed.set(workflowId, (this.#completed.get(workflowId) ?? new Set()).add(stepId));
    const frame = this.#open.at(-1);
    if (frame === undefined) return;
    frame.steps.set(stepId, outputs);
    if (frame.stepId === stepId) frame.isDone = true;
  }

  #fail({ workflowId, stepId, reasons }: Event<'step-failed'>): void {
    this.#resumed = [];
    const pending = this.#pending;
    const isKnown = pending?.answered || reasons.some(({ code }) => neverSent.has(code));
    if (isKnown && pending?.workflowId === workflowId && pending.stepId === stepId) this.#pending = undefined;
  }

  #frames(): readonly FrameState[] {
    const first = this.#open.findIndex(({ prepares }) => prepares);
    const open = first < 0 ? this.#open : this.#open.slice(0, first);
    return open.map(({ retrying: _, prepares: __, steps, ...frame }) => ({
      ...frame,
      steps: Object.fromEntries(steps),
    }));
  }
}
