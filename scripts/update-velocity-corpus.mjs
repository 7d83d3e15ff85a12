/**
 * Asks Apache Velocity 1.7 what the templates of the corpus give, and writes the answers into it. The unit tests of the
 * mapping templates compare themselves with these answers, and need no Java.
 *
 *   apt-get install velocity default-jre-headless
 *   node scripts/update-velocity-corpus.mjs
 *
 * To add a case, append a line with "rule" and "template" to the corpus and run this. VELOCITY_JARS names another folder
 * with velocity.jar, commons-lang.jar and commons-collections3.jar than /usr/share/java.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const corpus = new URL('../packages/gateway/src/integrations/template/velocity-corpus.jsonl', import.meta.url);
const oracle = fileURLToPath(new URL('velocity-oracle/Oracle.java', import.meta.url));
const folder = process.env.VELOCITY_JARS ?? '/usr/share/java';
const jars = ['velocity.jar', 'commons-lang.jar', 'commons-collections3.jar'].map((jar) => join(folder, jar));

const [contextLine = '{}', ...lines] = readFileSync(corpus, 'utf8').trimEnd().split('\n');
const cases = lines.map((line) => JSON.parse(line));
// The context is passed as it is written: 1.0 is another number than 1.
const context = contextLine.slice('{"context":'.length, -1);

const { status, stdout, stderr } = spawnSync('java', ['-cp', jars.join(delimiter), oracle], {
  input: cases.map(({ template }) => `{"template":${JSON.stringify(template)},"context":${context}}`).join('\n'),
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}

const answers = stdout.trimEnd().split('\n');
const updated = cases.map(({ rule, template }, index) => {
  const answer = JSON.parse(answers[index] ?? '{}');
  if ('text' in answer) return { rule, template, text: answer.text };
  return { rule, template, error: 'invalid' in answer ? 'invalid' : 'failed' };
});
writeFileSync(corpus, `${[contextLine, ...updated.map((line) => JSON.stringify(line))].join('\n')}\n`);
console.log(`${updated.length} templates`);
