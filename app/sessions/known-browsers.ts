import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { readCookie, writeCookie } from '#app/cookies.ts'
import type { Deps, Env } from '#app/http.tsx'
import { getUser, type User } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'

// A browser in which somebody has signed in keeps a mark of it. Wrong passwords from there are counted for that browser, those from
// anywhere else for the name: so whoever guesses from elsewhere, or behind the same line, does not shut the owner out. A mark opens
// nothing. It is made with the hash of the password, so no table keeps it, and with another password it is worth nothing.
const COOKIE = 'siks_known'
const DAYS = 180
// A desa's phone or computer is several people's.
const MOST = 8

type Whose = Pick<User, 'id' | 'passwordHash'>
type Ctx = Context<Env, any, any>

const tagOf = ({ id, passwordHash }: Whose, nonce: string) => createHmac('sha256', passwordHash).update(`siks-known\n${id}\n${nonce}`).digest('base64url').slice(0, 22)
const marksIn = (cookie: string | undefined) => (cookie ?? '').split('~').filter((mark) => /^[\w-]{16}\.[\w-]{22}$/.test(mark)).slice(0, MOST)
const isRight = (whose: Whose, mark: string) => timingSafeEqual(Buffer.from(mark.slice(17)), Buffer.from(tagOf(whose, mark.slice(0, 16))))

// By what this browser is counted when it signs in as them; undefined where they never have.
export const knownAs = (cookie: string | undefined, whose: Whose): string | undefined => marksIn(cookie).find((mark) => isRight(whose, mark))?.slice(0, 16)

export const readMarks = (c: Ctx) => readCookie(c, COOKIE, { origin: c.get('origin') })

// After everything was proven that signing in asks for.
export function rememberBrowser(c: Ctx, db: Db, userId: string, { origin }: Pick<Deps, 'origin'>) {
  const [cookie, user] = [readMarks(c), getUser(db, userId)]
  const nonce = randomBytes(12).toString('base64url')
  const marks = knownAs(cookie, user) ? marksIn(cookie) : [`${nonce}.${tagOf(user, nonce)}`, ...marksIn(cookie)].slice(0, MOST)
  writeCookie(c, COOKIE, marks.join('~'), DAYS * 24 * 3600, { origin })
}
