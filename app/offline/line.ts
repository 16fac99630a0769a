// The way to the server as the phone sees it: one request, and what its answer is worth. Everything else stands on this.

export type Fetch = (input: string, init: RequestInit) => Promise<Response>
// made: the highest number this phone has given to a delivery of this user.
export type Line = { fetch: Fetch, userId: string, deviceId: string, made: number }
export type Asking = { method?: 'GET' | 'POST' | 'PUT' | 'PATCH', body?: BodyInit, bytes?: number, headers?: Record<string, string> }

// refused: the server's own words. broken: a server that cannot just now. foreign: somebody else answered. silent: nobody.
export type Failure =
  | { kind: 'refused', status: number, code: string, message: string, body: unknown }
  | { kind: 'broken', status: number }
  | { kind: 'foreign' }
  | { kind: 'silent' }
export type Answer<T> = { kind: 'given', value: T, response: Response } | Failure

// Two bars of 2G still bring half a kilobyte a second; a line slower than that is as good as cut.
const PATIENCE_MS = 45_000
const SLOWEST_BYTES_PER_MS = 0.5

// A redirect is never followed. It is seen, though: a login page of the network announces itself by one.
const HOW = { redirect: 'manual', credentials: 'same-origin', cache: 'no-store' } as const

export async function ask<T>(line: Line, path: string, read: (response: Response) => Promise<T | undefined>, asking: Asking = {}): Promise<Answer<T>> {
  const { method = 'GET', body, bytes = 0, headers = {} } = asking
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS + bytes / SLOWEST_BYTES_PER_MS)
  try {
    const response = await line.fetch(path, {
      ...HOW, method, signal: stop.signal, ...(body === undefined ? {} : { body }),
      headers: { 'Accept': 'application/json', 'Siks-User': line.userId, 'Siks-Device': line.deviceId, 'Siks-Made': String(line.made), ...headers },
    })
    return response.status === 200 ? await given(response, read) : await refusal(response)
  } catch {
    return { kind: 'silent' }
  } finally {
    clearTimeout(timer)
  }
}

async function given<T>(response: Response, read: (response: Response) => Promise<T | undefined>): Promise<Answer<T>> {
  const value = await read(response)
  return value === undefined ? { kind: 'foreign' } : { kind: 'given', value, response }
}

async function refusal(response: Response): Promise<Failure> {
  const { status } = response
  const body = parseJson(await response.text())
  const problem = (body as { problem?: { code?: unknown, message?: unknown } } | undefined)?.problem
  if (status >= 400 && typeof problem?.code === 'string' && typeof problem.message === 'string') {
    return status === 507 || status < 500 ? { kind: 'refused', status, code: problem.code, message: problem.message, body } : { kind: 'broken', status }
  }
  // A gateway whose server is away says 502 to 504 in its own words; 511 is what a login page of the network should say.
  return status >= 500 && status < 511 ? { kind: 'broken', status } : { kind: 'foreign' }
}

// The text is read whole first: a line cut in the middle throws here and is silence, not somebody else's answer.
export const readJson = async (response: Response): Promise<unknown> => parseJson(await response.text())

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

// What the server's clock said. The phone's own may be set to anything and decides nothing.
export function serverTime(response: Response): string | null {
  const at = Date.parse(response.headers.get('Date') ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
