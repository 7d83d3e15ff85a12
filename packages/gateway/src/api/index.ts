/** What the operations table says, without a server: runs in browsers too. */
export type { Dialect } from './dialect.ts';
export { type Operation, operations } from './operations.ts';
export { dialectOf, recogniseOperation } from './recognise-operation.ts';
export { type TranslatedRequest, translateRequest, translateResponse } from './translate-exchange.ts';
