import type { Diagnostic } from '../../diagnostic.ts';
import { quote } from '../../document/json.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Analysis } from '../analysis.ts';
import { report } from '../rule.ts';

/** The references of an `inputs` schema lead somewhere inside the document. */
export function inputSchemas(analysis: Analysis): readonly Diagnostic[] {
  return analysis.workflows.flatMap(({ workflow, inputs }) =>
    inputs.unresolved.map((reference) => {
      const why = reference.startsWith('#')
        ? 'there is nothing at that place'
        : 'references to other files are not supported yet';
      const message = `The reference ${quote(reference)} in the inputs of the workflow "${workflow.workflowId}" cannot be resolved: ${why}.`;
      return report(analysis, {
        code: 'unresolved-reference',
        severity: 'error',
        message,
        pointer: childPointer(workflow.pointer, 'inputs'),
      });
    }),
  );
}
