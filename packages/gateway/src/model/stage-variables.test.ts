// biome-ignore-all lint/suspicious/noTemplateCurlyInString: stage variables are written so.
import { describe, expect, it } from 'vitest';
import { findMalformedStageVariable, startsWithStageVariable, substituteStageVariables } from './stage-variables.ts';

describe('stage variables in a text', () => {
  it.each([
    ['http://${stageVariables.host}/${stageVariables.path}', 'http://example.com/${stageVariables.host}'],
    ['${stageVariables.missing}x${stageVariables.toString}', 'x'],
    ['${other.host}', '${other.host}'],
  ])('%s becomes %s', (text, expected) => {
    const variables = { host: 'example.com', path: '${stageVariables.host}' };
    expect(substituteStageVariables(text, variables)).toBe(expected);
  });

  it('may stand at the beginning', () => {
    expect(['${stageVariables.a}', 'a${stageVariables.a}', '${stageVariables.'].map(startsWithStageVariable)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['a${stageVariables.b}c{d}', undefined],
    [
      '${stageVariables.a}/${stageVariables.',
      '"${stageVariables." is no stage variable; expected ${stageVariables.{name}} with a name of letters, digits and underscores.',
    ],
    [
      '${b}',
      '"${b}" is no stage variable; expected ${stageVariables.{name}} with a name of letters, digits and underscores.',
    ],
  ])('%s: %s', (text, expected) => {
    expect(findMalformedStageVariable(text)).toBe(expected);
  });
});
