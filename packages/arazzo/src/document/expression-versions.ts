/** The languages of queries with their versions, the default first (Arazzo 1.1.0 §Expression Type Object). */
export const queryVersions: ReadonlyMap<string, readonly string[]> = new Map([
  ['jsonpath', ['rfc9535', 'draft-goessner-dispatch-jsonpath-00']],
  ['xpath', ['xpath-31', 'xpath-30', 'xpath-20', 'xpath-10']],
  ['jsonpointer', ['rfc6901']],
]);
