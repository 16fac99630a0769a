import fc from 'fast-check'
import { raw } from 'hono/html'
import { Fragment as HonoFragment, jsx as honoJsx } from 'hono/jsx/jsx-runtime'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Fragment, jsx } from '#views/ui/jsx-runtime.ts'

// A page as it is told, before either of the two makes text of it.
type Told = string | number | boolean | null | undefined | Told[] | { tag: string, props: Record<string, string | number | boolean | null | undefined>, children?: Told }

const TEXTS = ['', 'Siti Aminah', 'D\'Costa & Anak <Jaya> "1"', '–', '&amp;']
const { told } = fc.letrec<{ told: Told }>((tie) => ({
  told: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Told>(...TEXTS, 0, 7, -1.5, true, false, null, undefined),
    fc.array(tie('told'), { maxLength: 4 }),
    fc.record({
      tag: fc.constantFrom('div', 'td', 'svg', 'p', 'br', 'img', 'fragment', 'component'),
      props: fc.dictionary(
        fc.constantFrom('class', 'id', 'hidden', 'checked', 'data-label', 'aria-current', 'hx-get', 'value', 'stroke-width', 'open'),
        fc.constantFrom(...TEXTS, 0, 12, true, false, null, undefined)),
      children: tie('told'),
    })),
}))

const Card = (draw: typeof jsx) => ({ children, ...props }: Record<string, unknown>) => draw('section', { ...props, children: [draw('h2', { children: 'Kartu' }), children] })
const VOID = ['br', 'img']

function drawn(told: Told, draw: typeof jsx, fragment: unknown): unknown {
  if (Array.isArray(told)) return told.map((one) => drawn(one, draw, fragment))
  if (typeof told !== 'object' || told === null) return told
  const { tag, props } = told
  if (VOID.includes(tag)) return draw(tag, props)
  // Alone in them, Hono's svg prints a boolean and its fragment loses a zero; so neither holds one thing alone here.
  const children = [drawn(told.children, draw, fragment), tag]
  return draw((tag === 'fragment' ? fragment : tag === 'component' ? Card(draw) : tag) as string, { ...tag === 'fragment' ? {} : props, children })
}

const test = suite('drawing')

test('writes what Hono writes, whatever the page', () => {
  fc.assert(fc.property(told, (page) => {
    const ours = String(jsx('main', { children: drawn(page, jsx, Fragment) }))
    const theirs = String(honoJsx('main', { children: drawn(page, honoJsx as unknown as typeof jsx, HonoFragment) }))
    assert.is(ours, theirs)
  }), { numRuns: 2000 })
})

test('lets nothing through that came from outside', () => {
  const bad = '"><script>alert(\'1\')</script>&'
  assert.is(String(jsx('p', { title: bad, children: bad })), `<p title="${'&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;'}">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;</p>`)
  assert.throws(() => jsx('p', { [bad]: 'x' }), /cannot be named/)
  assert.throws(() => jsx('p', { children: JSON.parse('{"isEscaped":true,"text":"<b>"}') }), /cannot hold/)
  assert.throws(() => jsx('p', { title: JSON.parse('{"isEscaped":true}') }), /neither text nor a number/)
})

test('takes what is said to be HTML as it is, once', () => {
  assert.is(String(jsx('p', { children: [raw('<b>&amp;</b>'), jsx('i', { children: '<' })] })), '<p><b>&amp;</b><i>&lt;</i></p>')
})

test('refuses what would stand in a page as nonsense', () => {
  for (const children of [Promise.resolve('x'), () => 'x', new Map(), Symbol('x')]) assert.throws(() => jsx('p', { children }), /cannot hold/)
  assert.throws(() => jsx('button', { onclick: () => {} }), /neither text nor a number/)
})

test.run()
