import type { Diagnostic } from '../../diagnostic.ts';
import { childPointer } from '../../document/pointer.ts';
import type { Finding } from '../../document/source-file.ts';
import type { Analysis, AnalyzedStep } from '../analysis.ts';
import { eachStep } from '../rule.ts';

/** What belongs to steps over AsyncAPI channels stands in no other step, and fits what the step does (Arazzo 1.1.0 §Step Object). */
export function channels(analysis: Analysis): readonly Diagnostic[] {
  return eachStep(analysis, (step) => {
    if (step.target.kind === 'channel') return judgeChannelStep(step, step.target.action);
    return step.target.kind === 'operation' || step.target.kind === 'workflow' ? judgeOtherStep(step) : [];
  });
}

function judgeOtherStep({ step }: AnalyzedStep): readonly Finding[] {
  const given = (['action', 'correlationId'] as const).filter((name) => step[name] !== undefined);
  return given.map((name): Finding => {
    const message = `The step "${step.stepId}" has ${name === 'action' ? 'an' : 'a'} "${name}" and is over no AsyncAPI channel; only such steps have one.`;
    return { code: 'invalid-value', severity: 'error', message, pointer: childPointer(step.pointer, name) };
  });
}

function judgeChannelStep({ step, parameters, body }: AnalyzedStep, action: string | undefined): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (message: string, pointer: string): void => {
    findings.push({ code: 'invalid-value', severity: 'error', message, pointer });
  };
  if (action === 'send' && step.correlationId !== undefined) {
    const message = `The step "${step.stepId}" sends and has a "correlationId", which tells the message to receive.`;
    refuse(message, childPointer(step.pointer, 'correlationId'));
  }
  if (action === 'receive' && body !== undefined) {
    refuse(
      `The step "${step.stepId}" receives a message, and has a "requestBody" that nothing would send.`,
      body.pointer,
    );
  }
  for (const parameter of parameters.filter((candidate) => candidate.in === undefined)) {
    const message = `The parameter "${parameter.name}" of the step "${step.stepId}" has no "in", which is required in a step over an AsyncAPI channel.`;
    findings.push({ code: 'missing-member', severity: 'error', message, pointer: parameter.pointer });
  }
  return findings;
}
