/** The versions of XPath that Arazzo names, oldest first. */
const versions = ['xpath-10', 'xpath-20', 'xpath-30', 'xpath-31'];

/** A part of a parsed XPath expression, as its XQueryX element. */
export interface XPathPart {
  readonly nodeType: number;
  readonly localName?: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<XPathPart>;
  getAttribute?(name: string): string | null;
}

/** XQueryX elements with the version that introduced what they stand for; others are as old as XPath. */
const constructs: ReadonlyMap<string, readonly [since: string, name: string]> = new Map([
  ...since('xpath-20', {
    forClause: '"for"',
    quantifiedExpr: '"some" and "every"',
    ifThenElseExpr: '"if"',
    instanceOfExpr: '"instance of"',
    castExpr: '"cast as"',
    castableExpr: '"castable as"',
    treatExpr: '"treat as"',
    intersectOp: '"intersect"',
    exceptOp: '"except"',
    idivOp: '"idiv"',
    unaryPlusOp: 'a unary "+"',
    rangeSequenceExpr: '"to"',
    eqOp: '"eq"',
    neOp: '"ne"',
    ltOp: '"lt"',
    leOp: '"le"',
    gtOp: '"gt"',
    geOp: '"ge"',
    isOp: '"is"',
    nodeBeforeOp: '"<<"',
    nodeAfterOp: '">>"',
    elementTest: '"element()"',
    attributeTest: '"attribute()"',
    documentTest: '"document-node()"',
  }),
  ...since('xpath-30', {
    letClause: '"let"',
    stringConcatenateOp: '"||"',
    simpleMapExpr: 'a simple map "!"',
    inlineFunctionExpr: 'an inline function',
    namedFunctionRef: 'a function reference',
    dynamicFunctionInvocationExpr: 'a dynamic function call',
    argumentPlaceholder: 'a partial function call',
  }),
  ...since('xpath-31', {
    mapConstructor: 'a map',
    arrayConstructor: 'an array',
    lookup: 'a lookup "?"',
    unaryLookup: 'a lookup "?"',
    arrowExpr: 'an arrow "=>"',
  }),
]);

/** XPath 1.0 §4. */
const functionsOf10: ReadonlySet<string> = new Set(
  (
    'last position count id local-name namespace-uri name string concat starts-with contains substring-before ' +
    'substring-after substring string-length normalize-space translate boolean not true false lang number sum floor ' +
    'ceiling round'
  ).split(' '),
);

/** What XPath and XQuery Functions and Operators 3.0 added to its first version, and 3.1 to 3.0. */
const functionsSince: ReadonlyMap<string, string> = new Map([
  ...list(
    'xpath-30',
    'analyze-string available-environment-variables element-with-id environment-variable filter fold-left fold-right ' +
      'for-each for-each-pair format-date format-dateTime format-integer format-number format-time function-arity ' +
      'function-lookup function-name generate-id has-children head innermost outermost parse-xml parse-xml-fragment ' +
      'path serialize tail unparsed-text unparsed-text-available unparsed-text-lines uri-collection',
  ),
  ...list(
    'xpath-31',
    'apply collation-key contains-token default-language json-doc json-to-xml load-xquery-module parse-ietf-date ' +
      'parse-json random-number-generator sort transform xml-to-json',
  ),
]);

/** The prefixes of function libraries that came later. */
const librariesSince: ReadonlyMap<string, string> = new Map([
  ['xs', 'xpath-20'],
  ['fn', 'xpath-20'],
  ['math', 'xpath-30'],
  ['map', 'xpath-31'],
  ['array', 'xpath-31'],
]);

/** The first thing in an expression that its version does not have yet, as messages name it. */
export function findNewer(script: XPathPart, version: string): string | undefined {
  const rank = versions.indexOf(version);
  const waiting = [script];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const introduced = introductionOf(part, version);
    if (introduced !== undefined && versions.indexOf(introduced[0]) > rank) return introduced[1];
    waiting.push(...[...part.childNodes].reverse());
  }
  return undefined;
}

function introductionOf(part: XPathPart, version: string): readonly [since: string, name: string] | undefined {
  const name = part.localName ?? '';
  const text = part.textContent ?? '';
  switch (name) {
    case 'functionName':
      return [introductionOfFunction(part, text, version), `the function "${text}"`];
    case 'sequenceExpr':
      // Parentheses around one expression are older than sequences.
      return [...part.childNodes].length === 1 ? undefined : ['xpath-20', 'a sequence'];
    case 'Wildcard':
      return [...part.childNodes][0]?.localName === 'star' && text !== '' ? ['xpath-20', `"*:${text}"`] : undefined;
    case 'nameTest':
      return part.getAttribute?.('xqx:URI') == null ? undefined : ['xpath-30', `"Q{…}${text}"`];
    default:
      return constructs.get(name);
  }
}

function introductionOfFunction(part: XPathPart, name: string, version: string): string {
  const prefix = part.getAttribute?.('xqx:prefix') ?? '';
  if (prefix !== '') return librariesSince.get(prefix) ?? 'xpath-10';
  if (version === 'xpath-10' && !functionsOf10.has(name)) return functionsSince.get(name) ?? 'xpath-20';
  return functionsSince.get(name) ?? 'xpath-10';
}

function since(version: string, names: Readonly<Record<string, string>>): [string, readonly [string, string]][] {
  return Object.entries(names).map(([element, name]) => [element, [version, name]]);
}

function list(version: string, names: string): [string, string][] {
  return names.split(' ').map((name) => [name, version]);
}
