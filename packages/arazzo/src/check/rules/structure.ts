import type { Diagnostic } from '../../diagnostic.ts';
import type { Analysis } from '../analysis.ts';

/** The document has the required fields, of the right types, and no others (Arazzo 1.0.1 §Schema). */
export function structure(analysis: Analysis): readonly Diagnostic[] {
  return analysis.documents.flatMap((document) => document.structure);
}
