import type { KeyObject } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { config, safeParse, type $ZodType, type output } from 'zod/v4/core'
import { dropCookie, readCookie, writeCookie } from '#app/cookies.ts'
import type { Config } from '#app/config.ts'
import { navigationFor } from '#app/navigation.ts'
import { asFull, invalid, Problem, StaleSignIn } from '#app/problems.ts'
import type { Session } from '#app/sessions/sessions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Watch } from '#app/watching.ts'
import type { Db } from '#db/connection.ts'
import type { Nation } from '#db/postgres/connection.ts'
import { Layout, type PhoneStatus } from '#views/layout.tsx'
import { ProblemPage, ProblemPanel } from '#views/problem.tsx'
import { ROLE_LABELS } from '#views/users/labels.ts'

// What every part's routes are made from.
// The second line is the server's alone: what watches the requests, when it began, where copies go.
export type Deps = { db: Db, dataDirectory: string, origin?: string, trustProxy: boolean, tiles?: string } & {
  watch?: Watch, metricsToken?: string, startedAt?: Date, isStopping?: () => boolean, backup?: Config['backup'], litestream?: boolean } & { nation?: Nation, ministryKey?: KeyObject }
export type Env = { Bindings: Partial<HttpBindings>, Variables: { actor: Actor, session?: Session, address: string, origin?: string, requestId?: string, isLogged?: boolean, menuCounts?: () => Record<string, number>, isNation?: boolean, phone?: Phone, signed?: (html: string) => string } }
// Set where the phone itself answers. Its worker can set no cookie, so the sentence of what happened waits with it.
export type Phone = { status: PhoneStatus, leave: (message: string) => void, take: () => string | undefined }
type Ctx = Context<Env, any, any>

// What a schema says when it has no words of its own. Zod whole and zod/mini stand on the same core, so it holds for both.
config({ customError: ({ code, input }) => code === 'invalid_type' && input === undefined ? 'Isian ini belum diisi.' : 'Isian ini tidak sesuai.' })

export const isHtmx = (c: Ctx) => c.req.header('HX-Request') === 'true' && c.req.header('HX-Boosted') !== 'true'

// What is drawn where it is written is drawn whether it is shown or not; of a page and its part only one ever is.
type Drawing = () => Child

// A whole page; or, when htmx asked and the page names the part that changes, that part alone.
export function page(c: Ctx, title: string, body: Child | Drawing, { part, wide, status }: { part?: Drawing, wide?: boolean, status?: Problem['status'] } = {}) {
  if (status) c.status(status)
  if (part && isHtmx(c)) return give(c, part())
  const actor: Actor | undefined = c.get('actor')
  const phone: Phone | undefined = c.get('phone')
  const flash = phone ? phone.take() : takeCookie(c)
  return give(c,
    <Layout title={title} wide={wide} flash={flash ? { tone: 'good', text: flash } : undefined} signOutAction="/session/end"
      navigation={actor && !actor.mustChangePassword && !actor.needsFactor ? navigationFor(actor, c.req.path, c.get('menuCounts')?.(), c.get('isNation')) : []} phone={phone?.status}
      userId={actor && !phone ? actor.id : undefined} worksOffline={actor && can(actor, 'visit.submit')}
      actor={actor ? { name: actor.name, roleLabel: ROLE_LABELS[actor.role], regionLabel: actor.regionLabel } : null}>{typeof body === 'function' ? body() : body}</Layout>)
}

// Addresses of files leave signed, for a server that answers a session (files/signed.ts).
function give(c: Ctx, content: Child) {
  const html = String(<>{content}</>)
  return c.html(c.get('signed')?.(html) ?? html)
}

// After a write: the changed fragment for htmx, 303 to a page for everybody else, with one sentence of what happened.
export function changed(c: Ctx, location: string, { part, message }: { part?: Drawing, message?: string } = {}) {
  if (part && isHtmx(c)) return give(c, part())
  if (message) leaveMessage(c, message)
  if (isHtmx(c)) return c.body(null, 204, { 'HX-Redirect': location })
  return c.redirect(location, 303)
}

function leaveMessage(c: Ctx, message: string) {
  const phone = c.get('phone')
  if (phone) phone.leave(message)
  else writeCookie(c, 'flash', message, 60, { origin: c.get('origin') })
}

function takeCookie(c: Ctx) {
  const host = { origin: c.get('origin') }
  const flash = readCookie(c, 'flash', host)
  if (flash) dropCookie(c, 'flash', host)
  return flash
}

// For a form that keeps what was typed: a refusal is handed back to be shown on the form itself.
export async function attempt<T>(work: () => T | Promise<T>): Promise<{ value: T, problem?: undefined } | { value?: undefined, problem: Problem }> {
  try {
    return { value: await work() }
  } catch (error) {
    if (error instanceof Problem) return { problem: error }
    throw error
  }
}

// Reads the posted form through a schema; a refusal carries one message per field.
export const readForm = async <S extends $ZodType>(c: Ctx, schema: S): Promise<output<S>> =>
  parse(schema, await c.req.parseBody({ all: true }))

// As in a form: a name given once is a string, given often a list.
export const readQuery = <S extends $ZodType>(c: Ctx, schema: S): output<S> =>
  parse(schema, Object.fromEntries(Object.entries(c.req.queries()).map(([name, values]) => [name, values.length > 1 ? values : values[0]])))

export function parse<S extends $ZodType>(schema: S, input: unknown): output<S> {
  const parsed = safeParse(schema, input)
  if (parsed.success) return parsed.data
  throw invalid(Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.') || 'isian', issue.message])))
}

// A form that broke off on its way, or was none at all: what cannot be read is the sender's to mend, not ours.
const unreadable = (error: unknown) => error instanceof TypeError && /parse body as FormData/.test(error.message)
  ? invalid({ isian: 'Kiriman ini terputus atau bukan formulir. Muat ulang halaman lalu kirim lagi.' }) : error

export function showProblem(thrown: unknown, c: Ctx) {
  const error = asFull(unreadable(thrown))
  if (error instanceof Problem) {
    if (wantsJson(c)) return c.json({ problem: { code: error.code, message: error.message, fields: error.fields } }, error.status)
    if (error instanceof StaleSignIn) return askAgain(c, error.purpose)
    if (error.code === 'unauthenticated' && c.req.method === 'GET' && !isHtmx(c)) {
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`/session?next=${encodeURIComponent(pathname + search)}`, 303)
    }
    return sayProblem(c, error.status, error.message, error.fields)
  }
  // Where requests are written down, the failure stands in the line of this one.
  const id: string | undefined = c.get('requestId')
  if (!c.get('isLogged')) console.error(error)
  if (wantsJson(c)) return c.json({ problem: { code: 'broken', message: BROKEN, fields: {} } }, 500)
  return sayProblem(c, 500, id ? `${BROKEN} Bila terulang, sebutkan nomor ini kepada admin: ${id}.` : BROKEN)
}

// To the page that asks for the password again, and from there back to where the form stands.
function askAgain(c: Ctx, purpose: string) {
  const from = c.req.method === 'GET' ? c.req.url : c.req.header('HX-Current-URL') ?? c.req.header('Referer') ?? '/'
  const { pathname, search } = new URL(from, c.req.url)
  return changed(c, `/session/confirmation?${new URLSearchParams({ purpose, next: pathname + search, ...(c.req.method !== 'GET' && { posted: '1' }) })}`)
}

const BROKEN = 'Terjadi kesalahan pada sistem. Data Anda tidak berubah. Coba lagi.'

// A script or a phone's worker, not a person: it is told what went wrong as data.
export const wantsJson = (c: Ctx) => c.req.header('Accept')?.startsWith('application/json') ?? false

function sayProblem(c: Ctx, status: Problem['status'] | 500, message: string, fields: Record<string, string> = {}) {
  c.status(status)
  const problem = { message, fields, status }
  if (isHtmx(c)) return c.html(<ProblemPanel problem={problem} />)
  return page(c, message, <ProblemPage problem={problem} backHref={c.req.header('Referer')} />)
}
