/**
 * The two spellings that OpenAPI descriptions of API Gateway V2 use: AWS's wire is lowerCamelCase (`name`), the SDKs'
 * member names are PascalCase (`Name`). A Gatewright speaks both, each below its own base path.
 */
export type Dialect = (typeof dialects)[number];

export const dialects = ['wire-names', 'member-names'] as const;

/** The base path below which a Gatewright speaks member names. */
export const memberNamesBase = '/_gatewright/member-names';

/** The base URL at which a Gatewright speaks the dialect. */
export function dialectBaseUrl(gateway: string, dialect: Dialect): string {
  const base = gateway.replace(/\/+$/, '');
  return dialect === 'member-names' ? base + memberNamesBase : base;
}
