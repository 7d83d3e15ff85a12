import type { WorkflowSite } from '../document/arazzo-document.ts';
import type { AnalyzedAction, AnalyzedStep } from './analysis.ts';
import { findDominators } from './dominators.ts';

/** What can be known of the ways through the steps of a workflow before it runs. */
export interface ControlFlow {
  /** Whether the steps follow each other without any other way. */
  readonly isStraight: boolean;
  /** Whether any way leads to the step at this place in the order. */
  isReached(index: number): boolean;
  /**
   * Whether every way to a step, or to the end of a workflow that succeeds, goes through the success of another step. A
   * step that is not reached is not judged: the answer is true.
   */
  isSure(completed: number, at: number | 'end'): boolean;
  /** Whether any way to a step goes through the success of another. */
  isPossible(completed: number, at: number): boolean;
}

/**
 * Follows every way through the steps: a step may succeed or fail, an action with criteria may be carried out or not, and
 * one without always is (Arazzo 1.0.1 §Success Action Object, §Failure Action Object). Time grows with the number of ways
 * between steps, nearly in proportion.
 */
export function followSteps(steps: readonly AnalyzedStep[]): ControlFlow {
  const flow = known.get(steps) ?? createFlow(steps);
  known.set(steps, flow);
  return flow;
}

const known = new WeakMap<readonly AnalyzedStep[], ControlFlow>();

/** Without actions the steps follow each other, and a failure ends the workflow. */
const straight: ControlFlow = {
  isStraight: true,
  isReached: () => true,
  isSure: (completed, at) => at === 'end' || completed < at,
  isPossible: (completed, at) => completed < at,
};

function createFlow(steps: readonly AnalyzedStep[]): ControlFlow {
  if (steps.every(({ onSuccess, onFailure }) => onSuccess.length + onFailure.length === 0)) return straight;
  const graph = buildGraph(steps);
  const tree = findDominators(graph.successors);
  return {
    isStraight: false,
    isReached: (index) => tree.isReached(entryOf(index)),
    isSure(completed, at) {
      const node = at === 'end' ? graph.end : entryOf(at);
      return !tree.isReached(node) || tree.dominates(successOf(completed), node);
    },
    isPossible(completed, at) {
      if (!tree.isReached(entryOf(at)) || !tree.isReached(successOf(completed))) return false;
      // Ways are followed only where it is not sure anyway, which is rare.
      if (tree.dominates(successOf(completed), entryOf(at))) return true;
      return leadsTo(graph, successOf(completed), entryOf(at));
    },
  };
}

/** What the ways through the steps come to when some of the workflows that they lead to cannot succeed. */
export interface Prospect {
  /** Whether any way leads to an end in success. */
  readonly canSucceed: boolean;
  /** Of the workflows that are called and jumped to on the ways there are. */
  readonly calls: readonly AnalyzedStep[];
  readonly jumps: readonly AnalyzedAction[];
  /** The jumps to steps. */
  readonly turns: readonly AnalyzedAction[];
}

/** That of steps which follow each other and call no workflow. */
const straightOn: Prospect = { canSucceed: true, calls: [], jumps: [], turns: [] };

function isPlain({ target, onSuccess, onFailure }: AnalyzedStep): boolean {
  return target.kind !== 'workflow' && onSuccess.length + onFailure.length === 0;
}

/** Follows every way through the steps. Requests are taken for ones that may succeed, and `canSucceed` tells of workflows. */
export function findProspect(steps: readonly AnalyzedStep[], canSucceed: (workflowId: string) => boolean): Prospect {
  if (steps.every(isPlain)) return straightOn;
  const { end, successors } = buildGraph(steps, canSucceed);
  const reached = new Set([0]);
  for (const node of reached) for (const next of successors[node] ?? []) reached.add(next);
  const begun = steps.filter((_, index) => reached.has(entryOf(index)));
  const gotos = steps.flatMap(({ onSuccess, onFailure }, index) => [
    ...(reached.has(successOf(index)) ? gotosOf(onSuccess) : []),
    ...(reached.has(entryOf(index)) ? gotosOf(onFailure) : []),
  ]);
  return {
    canSucceed: reached.has(end),
    calls: begun.filter(({ target }) => target.kind === 'workflow'),
    jumps: gotos.filter(({ action }) => action.workflowId !== undefined),
    turns: gotos.filter(({ action }) => action.stepId !== undefined),
  };
}

/** The jumps that may be carried out. */
function gotosOf(actions: readonly AnalyzedAction[]): readonly AnalyzedAction[] {
  const last = actions.findIndex(isFinal);
  return actions.slice(0, last === -1 ? undefined : last + 1).filter(({ action }) => action.type === 'goto');
}

/** Whether later actions are never carried out. A retry ends with its limit, after which later actions are tried. */
function isFinal({ action, criteria }: AnalyzedAction): boolean {
  return criteria.length === 0 && action.type !== 'retry';
}

/** Whether a way of at least one part leads from a node to another. */
function leadsTo({ successors }: Graph, start: number, end: number): boolean {
  const reached = new Set(successors[start]);
  for (const node of reached) {
    if (node === end) return true;
    for (const next of successors[node] ?? []) reached.add(next);
  }
  return false;
}

/** Nodes are numbers: of each step its beginning and its success, then the end of a workflow that succeeds. */
interface Graph {
  readonly end: number;
  readonly successors: readonly (readonly number[])[];
}

const entryOf = (index: number): number => 2 * index;
const successOf = (index: number): number => 2 * index + 1;

function buildGraph(steps: readonly AnalyzedStep[], canSucceed: (workflowId: string) => boolean = () => true): Graph {
  const end = 2 * steps.length;
  const indexes = new Map(steps.toReversed().map(({ step, index }) => [step.stepId, index]));
  const isOpen = (site: WorkflowSite | undefined) => site === undefined || canSucceed(site.id);
  const successors = steps.flatMap(({ target, onSuccess, onFailure }, index) => {
    const next = index + 1 < steps.length ? entryOf(index + 1) : end;
    const failed = waysOf(onFailure, indexes, { end: undefined, otherwise: undefined, transferred: end, isOpen });
    const succeeded = waysOf(onSuccess, indexes, { end, otherwise: next, transferred: end, isOpen });
    const isPassable = target.kind !== 'workflow' || isOpen(target.called);
    return [[...(isPassable ? [successOf(index)] : []), ...failed], succeeded];
  });
  return { end, successors: [...successors, []] };
}

interface Endings {
  readonly end: number | undefined;
  /** When no action is carried out. */
  readonly otherwise: number | undefined;
  readonly transferred: number;
  /** Whether a workflow that is jumped to may succeed. */
  readonly isOpen: (site: WorkflowSite | undefined) => boolean;
}

function waysOf(
  actions: readonly AnalyzedAction[],
  indexes: ReadonlyMap<string, number>,
  endings: Endings,
): readonly number[] {
  const ways: (number | undefined)[] = [];
  for (const analyzed of actions) {
    ways.push(wayOf(analyzed, indexes, endings));
    if (isFinal(analyzed)) return ways.filter((way) => way !== undefined);
  }
  return [...ways, endings.otherwise].filter((way) => way !== undefined);
}

/** Where an action leads; nowhere else than to its own step for a retry that names none. */
function wayOf(
  { action, target: site }: AnalyzedAction,
  indexes: ReadonlyMap<string, number>,
  endings: Endings,
): number | undefined {
  const target = action.stepId === undefined ? undefined : indexes.get(action.stepId);
  if (target !== undefined) return entryOf(target);
  if (action.type === 'end') return endings.end;
  const isTransfer = action.type === 'goto' && action.workflowId !== undefined;
  return isTransfer && endings.isOpen(site) ? endings.transferred : undefined;
}
