import type { JSX as HonoJSX } from 'hono/jsx/jsx-runtime'

// What JSX compiles to (jsxImportSource in tsconfig.json). It writes what Hono's own JSX writes, which the tests compare it with, but at once:
// an element is its text as soon as its children are theirs. No tree is built first, so a page costs a quarter of the processor's time; our
// components are pure functions of their props and have no use for contexts, promises or a DOM.
export type { JSX } from 'hono/jsx/jsx-runtime'

type Props = Record<string, unknown> & { children?: unknown }
type Component = (props: Props) => unknown

// Text that may stand in a page as it is. Only the functions here make it, so nothing that came from outside can pass for it.
class Markup {
  readonly isEscaped = true
  constructor(readonly text: string) {}
  toString() { return this.text }
}

// Elements without an end (HTML standard, 13.1.2), and attributes that are there or not (its index of attributes).
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const BOOLEAN = new Set(('allowfullscreen async autofocus autoplay checked controls default defer disabled download formnovalidate hidden inert ismap itemscope loop multiple'
  + ' muted nomodule novalidate open playsinline readonly required reversed selected').split(' '))

/** One element, or what a component makes of its props. Text is escaped; throws on what cannot stand in a page, such as a function or a promise. */
export function jsx(tag: string | Component, props: Props): HonoJSX.Element {
  return (typeof tag === 'string' ? element(tag, props) : markup(tag(props))) as unknown as HonoJSX.Element
}

export { jsx as jsxs }

export const Fragment = ({ children }: Props) => markup(children)

const markup = (content: unknown) => content instanceof Markup ? content : new Markup(textOf(content))

function element(tag: string, props: Props) {
  let text = `<${tag}`
  for (const name in props) if (name !== 'children') text += attribute(name, props[name])
  return new Markup(VOID.has(tag) ? `${text}/>` : `${text}>${textOf(props.children)}</${tag}>`)
}

function attribute(name: string, value: unknown) {
  if (value === undefined || value === null) return ''
  const beginning = beginnings.get(name) ?? begin(name)
  if (typeof value === 'string') return `${beginning}${escape(value)}"`
  if (typeof value === 'boolean' && BOOLEAN.has(name)) return value ? `${beginning}"` : ''
  if (typeof value === 'number' || typeof value === 'boolean') return `${beginning}${value}"`
  throw new TypeError(`The attribute ${name} is neither text nor a number.`)
}

function textOf(child: unknown): string {
  if (child instanceof Markup) return child.text
  if (typeof child === 'string') return escape(child)
  if (child === undefined || child === null || typeof child === 'boolean') return ''
  if (typeof child === 'number') return String(child)
  if (Array.isArray(child)) return textOfAll(child)
  // What hono/html says is HTML: a String, which no JSON and no form can be.
  if (child instanceof String && 'isEscaped' in child) return String(child)
  throw new TypeError(`A page cannot hold ${Object.prototype.toString.call(child)}.`)
}

// Neither map nor reduce: this is where a page spends its time.
function textOfAll(children: unknown[]) {
  let text = ''
  for (const child of children) text += textOf(child)
  return text
}

const SPECIAL = /[&<>'"]/
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\'': '&#39;', '"': '&quot;' }

const escape = (text: string) => SPECIAL.test(text) ? text.replace(/[&<>'"]/g, (letter) => ENTITIES[letter]!) : text

// Names come from our own code; those seen once are not looked at again.
const beginnings = new Map<string, string>()

function begin(name: string) {
  if (!/^[a-zA-Z][\w:.-]*$/.test(name)) throw new TypeError(`An attribute cannot be named ${JSON.stringify(name)}.`)
  const beginning = ` ${name}="`
  beginnings.set(name, beginning)
  return beginning
}
