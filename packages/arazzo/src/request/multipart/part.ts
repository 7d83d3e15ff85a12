/** A part of a multipart body (RFC 2046 §5.1). */
export interface Part {
  /** The name of the member, or the index of the item, that it is of. */
  readonly member: string;
  /** In the order in which they are sent. */
  readonly headers: readonly Header[];
  readonly bytes: string | Uint8Array;
  /** The text that the bytes of a file are decoded from. */
  readonly source?: string;
}

export type Header = readonly [name: string, value: string];

/** What stands before the content of a part: its headers and an empty line. */
export function headOf({ headers }: Part): string {
  return [...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}

/** The value of a header; its name is compared without regard to case. */
export function findHeader(headers: readonly Header[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];
}
