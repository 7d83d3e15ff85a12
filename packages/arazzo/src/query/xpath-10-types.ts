import type { Element } from 'slimdom';

/** The types that the expressions of XPath 1.0 have, which show without data (XPath 1.0 §1). */
type Type = 'nodes' | 'number' | 'text' | 'truth';

/** A part of an expression that later versions read otherwise, with what says the same to them; `x` is the part. */
interface Conversion {
  readonly part: Element;
  readonly written: '(x)[1]' | 'number((x)[1])' | '(x)/number(.)';
}

export interface Typing {
  readonly conversions: readonly Conversion[];
  /** The first thing that has another meaning in later versions, or none, as messages name it. */
  readonly problem?: string;
}

const functionTypes: ReadonlyMap<string, Type> = new Map([
  ...list('number', 'last position count string-length number sum floor ceiling round'),
  ...list('text', 'string concat substring-before substring-after substring normalize-space translate local-name'),
  ...list('text', 'namespace-uri name'),
  ...list('truth', 'boolean not true false lang starts-with contains'),
  ...list('nodes', 'id'),
]);

const elementTypes: ReadonlyMap<string, Type> = new Map([
  ...list(
    'number',
    'integerConstantExpr decimalConstantExpr doubleConstantExpr addOp subtractOp multiplyOp divOp modOp',
  ),
  ...list('number', 'unaryMinusOp'),
  ...list('text', 'stringConstantExpr'),
  ...list('truth', 'equalOp notEqualOp lessThanOp lessThanOrEqualOp greaterThanOp greaterThanOrEqualOp andOp orOp'),
  ...list('nodes', 'pathExpr unionOp'),
]);

const arithmetic = new Set(['addOp', 'subtractOp', 'multiplyOp', 'divOp', 'modOp', 'unaryMinusOp']);
const orders = new Set(['lessThanOp', 'lessThanOrEqualOp', 'greaterThanOp', 'greaterThanOrEqualOp']);
const comparisons = new Set(['equalOp', 'notEqualOp', ...orders]);

/** Functions whose arguments are text, where later versions take none of several nodes and nothing but text. */
const textFunctions = new Set(
  'starts-with contains substring-before substring-after string-length normalize-space translate lang'.split(' '),
);
/** Functions that take anything, of which later versions want a single item. */
const itemFunctions = new Set('string number concat name local-name namespace-uri floor ceiling round'.split(' '));

const names: Readonly<Record<Type, string>> = {
  nodes: 'nodes',
  number: 'a number',
  text: 'text',
  truth: 'a truth value',
};

/**
 * Finds where XPath 1.0 converts a value and later versions do not: the first of several nodes for text, numbers of nodes.
 * Those conversions can be written out; between text, numbers and truth values they cannot be had, which is a problem.
 */
export function typeXPath10(script: Element): Typing {
  const conversions: Conversion[] = [];
  const waiting = [script];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const problem = judge(part, conversions);
    if (problem !== undefined) return { conversions, problem };
    waiting.push(...[...part.children].reverse());
  }
  return { conversions };
}

function judge(part: Element, conversions: Conversion[]): string | undefined {
  if (comparisons.has(part.localName)) return judgeComparison(part, conversions);
  if (arithmetic.has(part.localName)) {
    const operands = operandsOf(part);
    conversions.push(...nodesOf(operands).map((operand) => ({ part: operand, written: 'number((x)[1])' as const })));
    const other = operands.map(typeOf).find((type) => type === 'text' || type === 'truth');
    return other && `a calculation with ${names[other]}`;
  }
  return part.localName === 'functionCallExpr' ? judgeCall(part, conversions) : undefined;
}

function judgeComparison(part: Element, conversions: Conversion[]): string | undefined {
  const operands = operandsOf(part);
  const [left, right] = operands.map(typeOf);
  if (left === undefined || right === undefined) return undefined;
  const types = [left, right];
  const isOrder = orders.has(part.localName);
  if (types.includes('nodes') && types.includes('number')) {
    conversions.push(...nodesOf(operands).map((operand) => ({ part: operand, written: '(x)/number(.)' as const })));
    return undefined;
  }
  if (isOrder && types.every((type) => type === 'nodes')) {
    conversions.push(...operands.map((operand) => ({ part: operand, written: '(x)/number(.)' as const })));
    return undefined;
  }
  if (isOrder && types.includes('text')) return `a comparison of ${names[left]} with ${names[right]} by order`;
  const isAlike = left === right || (types.includes('nodes') && types.includes('text'));
  return isAlike ? undefined : `a comparison of ${names[left]} with ${names[right]}`;
}

function judgeCall(call: Element, conversions: Conversion[]): string | undefined {
  const [name, list] = [...call.children];
  const operands = [...(list?.children ?? [])];
  const text = name?.textContent ?? '';
  // Where the other arguments are numbers, the first alone is text.
  const texts = text === 'substring' ? operands.slice(0, 1) : textFunctions.has(text) ? operands : [];
  const items = itemFunctions.has(text) || text === 'substring' ? operands : texts;
  const summed = text === 'sum' ? nodesOf(operands) : [];
  conversions.push(...summed.map((operand) => ({ part: operand, written: '(x)/number(.)' as const })));
  conversions.push(...nodesOf(items).map((operand) => ({ part: operand, written: '(x)[1]' as const })));
  const other = texts.map(typeOf).find((type) => type === 'number' || type === 'truth');
  return other && `${names[other]} as text in "${text}"`;
}

/** Each operand of an operator is in an element of its own. */
function operandsOf(part: Element): readonly Element[] {
  return [...part.children].flatMap((operand) => [...operand.children]);
}

function nodesOf(operands: readonly Element[]): readonly Element[] {
  return operands.filter((operand) => typeOf(operand) === 'nodes');
}

function typeOf(part: Element): Type | undefined {
  let inner = part;
  // Parentheses.
  while (inner.localName === 'sequenceExpr' && inner.firstElementChild !== null) inner = inner.firstElementChild;
  if (inner.localName !== 'functionCallExpr') return elementTypes.get(inner.localName);
  return functionTypes.get(inner.firstElementChild?.textContent ?? '');
}

function list(type: Type, words: string): [string, Type][] {
  return words.split(' ').map((word) => [word, type]);
}
