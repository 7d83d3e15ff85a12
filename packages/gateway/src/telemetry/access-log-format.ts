import { findAccessLogVariable, type LoggedRequest } from './access-log-variables.ts';
import { toOneLine } from './one-line.ts';

/** What stands for a variable without a value. */
const absent = '-';

/** A full stop at the end of a sentence is no part of a name. */
const variablePattern = /\$context\.(\w+(?:\.\w+)*)/g;

/**
 * Compiles the `format` of a stage's access log settings into the function that writes a request's line, without the line
 * break. Text around variables stays as it is. Within values, quotes, backslashes and control characters are written as in
 * JSON, so that no value breaks a JSON format or makes a line of its own.
 */
export function compileAccessLogFormat(format: string): (request: LoggedRequest) => string {
  const parts: (string | ((request: LoggedRequest) => string))[] = [];
  let end = 0;
  for (const match of format.matchAll(variablePattern)) {
    const [text, name = ''] = match;
    parts.push(format.slice(end, match.index), readVariable(name));
    end = match.index + text.length;
  }
  parts.push(format.slice(end));
  return (request) => {
    let line = '';
    for (const part of parts) line += typeof part === 'string' ? part : part(request);
    return line;
  };
}

function readVariable(name: string): (request: LoggedRequest) => string {
  const variable = findAccessLogVariable(name);
  if (!variable) return () => absent;
  // The one variable that is documented as quoted brings its quotes along, its content escaped.
  const isQuoted = name === 'error.messageString';
  return (request) => {
    const value = variable(request);
    if (value === undefined || value === '') return absent;
    return typeof value === 'number' || isQuoted ? String(value) : escapeValue(value);
  };
}

/** Most values need nothing: ids, numbers, names. */
const isPlain = /^[ !#-[\]-~]*$/;

function escapeValue(value: string): string {
  return isPlain.test(value) ? value : toOneLine(value.replaceAll(/["\\]/g, '\\$&'));
}
