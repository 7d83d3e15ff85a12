import { compare } from '../../criterion/compare.ts';
import type { DeclaredResponse } from './declared-responses.ts';
import type { Wish } from './wishes.ts';

/** A declared response, and the status it is given with. */
export interface Candidate {
  readonly response: DeclaredResponse;
  readonly status: number;
}

/** The declared responses with a status each: those that criteria ask for, then success, then the others. */
export function orderCandidates(declared: readonly DeclaredResponse[], wishes: readonly Wish[]): readonly Candidate[] {
  const responses = declared.length > 0 ? declared : [{ status: 'default', examples: [], headers: new Map() }];
  const named = new Set(responses.map(({ status }) => status));
  const ofStatus = wishes.filter((wish) => wish.kind === 'status');
  const wished = ofStatus.filter(({ operator }) => operator === '==').map(({ value }) => value);
  const candidates = responses.flatMap((response): readonly Candidate[] => {
    const isNamed = /^\d+$/.test(response.status);
    if (isNamed) return [{ response, status: Number(response.status) }];
    const covers = (status: number): boolean =>
      !named.has(String(status)) &&
      (response.status === 'default' || response.status.startsWith(String(status)[0] ?? ''));
    const usual = response.status === 'default' ? 200 : Number(response.status.replace('XX', '00'));
    return [...new Set([...wished.filter(covers), usual])].map((status) => ({ response, status }));
  });
  const rank = ({ status, response }: Candidate): number => {
    if (ofStatus.some(({ operator, value }) => !compare(operator, status, value))) return 4;
    if (status < 200 || status >= 400) return 3;
    if (status >= 300) return 2;
    return response.status === 'default' ? 1 : 0;
  };
  return candidates
    .filter(({ status }) => status >= 200 && status <= 599)
    .sort((left, right) => rank(left) - rank(right));
}
