import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import { isSafePattern } from 'redos-detector'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

// Every regular expression of the product, read out of its sources and judged: none may take a time that grows faster than
// what it is held against. What the checker calls slow stands here with the reason why it is not.
const LINEAR = 'each sign is looked at once: what it repeats cannot contain what it begins with'
const FINE: Record<string, string> = {
  '^(.+)\\.(\\w+)$': 'our own names of columns',
  '\\.\\d+\\.': LINEAR,
  '\\/+$': 'an address in the configuration',
  '([0-9a-f]{64})\\.\\w+$': 'our own names of files',
  '_+$': 'a heading, cut at 200 signs before',
  'e\\+?\\d+$': LINEAR,
  '\\de\\+?\\d+$': LINEAR,
  '=+$': 'base64 that we have made',
  '\\b(?:S|M|A)\\.\\s?(?:PD|SI|AG|KOM|SOS|MD|E|H|T)\\b\\.?\\s*$': LINEAR,
  '\\(.*\\)': 'the words of a programme, which an administrator keeps short',
  '\\(([^)]*)\\)': 'on the phone, about its own browser',
  '\\bage:(\\d+)-(\\d*)([!?])': 'our own table of categories',
  '^.{1,120}~[\\w.-]{1,64}~[\\d.]{13}$': 'bounded: 120 × 64 steps at the most',
  '\\{(\\d+)(?:,(\\d+))?\\}': 'our own questionnaire',
  'constraint failed: (.+)$': 'what the database says',
  '(["\'“`]).*?["\'”`]': 'a line of the log, cut at 2,000 signs before',
  ',.*$': 'the name of an account, which its form keeps short',
  '<Code>(\\w+)<\\/Code>': 'what the place of the copies answers',
  '<NextContinuationToken>([^<]*)<': 'what the place of the copies answers',
  '<Contents>([\\s\\S]*?)<\\/Contents>': 'what the place of the copies answers',
  '<UploadId>([^<]+)<\\/UploadId>': 'what the place of the copies answers',
  '<ETag>([^<]+)<\\/ETag>': 'what the place of the copies answers',
  '<Key>([^<]*)<\\/Key>': 'what the place of the copies answers',
  '<Size>(\\d+)<\\/Size>': 'what the place of the copies answers',
  '"(\\/files\\/[\\w./-]+)(\\?[^"]*)?"': LINEAR,
  '<body[^>]* data-phone': 'a page of our own',
}
const MOST_SCORE = 500

type Found = { file: string, pattern: string, flags: string }
type Node = { regex?: { pattern: string, flags: string } }

function regexesOf(file: string): Found[] {
  const loader = /\.(tsx|ts|js)$/.exec(file)![1] as 'tsx' | 'ts' | 'js'
  const { code } = transformSync(readFileSync(file, 'utf8'), { loader, jsx: 'automatic', target: 'esnext' })
  const found: Found[] = []
  const walk = (node: unknown): void => {
    if (!node || typeof node !== 'object') return
    const { regex } = node as Node
    if (regex) found.push({ file, ...regex })
    for (const child of Object.values(node)) walk(child)
  }
  walk(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }))
  return found
}

const sources = ['app', 'views', 'db', 'static'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|tsx|js)$/.test(name)).map((name) => join(folder, name)))
const all = sources.flatMap(regexesOf)

// Counted in steps, not in seconds, so that a busy machine judges the same. What repeats nothing is quick.
const isQuick = ({ pattern, flags }: Found) => !/[*+{]/.test(pattern) || isSafePattern(pattern, {
  unicode: flags.includes('u'), caseInsensitive: flags.includes('i'), dotAll: flags.includes('s'), multiLine: flags.includes('m'), maxScore: MOST_SCORE, maxSteps: 5000, timeout: Infinity,
}).safe

const test = suite('regular expressions')

test('take no longer than what they read, or say why they do not', () => {
  const different = [...new Map(all.map((one) => [`${one.pattern}/${one.flags}`, one])).values()]
  assert.ok(different.length > 150, `${different.length} found`)
  assert.equal(different.filter((one) => !isQuick(one) && !FINE[one.pattern]).map(({ file, pattern }) => `${file}: ${pattern}`), [])
})

test('are excused only while they are there', () =>
  assert.equal(Object.keys(FINE).filter((pattern) => !all.some((one) => one.pattern === pattern)), []))

test('that would hang are seen by this test', () =>
  assert.equal(['(a+)+$', '^(\\w+\\s?)*$', '(x|x)*y'].filter((pattern) => isQuick({ file: '', pattern, flags: '' })), []))

// A pattern put together while running must be made of our own parts alone.
test('are made from text only where the text is ours', () => {
  const made = sources.filter((file) => /new RegExp\(/.test(readFileSync(file, 'utf8'))).sort()
  assert.equal(made, ['app/assignments/bdt-rows.ts', 'app/programmes/answers.ts', 'app/questionnaire/mistakes.ts', 'app/regions/changes.ts', 'app/reports/codes.ts'])
})

test.run()
