import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type ClientRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import type { Db } from '#db/connection.ts'
import { freePort, keepDatabase, launchServer } from '#test/support/process.ts'
import { freshDatabase } from '#test/support/world.ts'

const folders: string[] = []
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

export function aFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `siks-${name}-`))
  folders.push(folder)
  return folder
}

// A data directory as a server leaves it, filled by `seed`.
export function aDataDirectory(seed: (db: Db) => void = () => {}): string {
  const directory = aFolder('data')
  const db = freshDatabase()
  seed(db)
  keepDatabase(db, directory)
  return directory
}

export type Running = { child: ChildProcess, url: string, port: number, directory: string, output: () => string, ended: Promise<{ code: number | null, signal: NodeJS.Signals | null }> }

const started = new Set<Running>()

// A test that failed halfway leaves its server behind, and that would keep the file running.
export async function stopServers() {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all([...started].map(({ ended }) => ended))
  started.clear()
}

// The built server over that directory, with the variables given.
export async function aServer(directory: string, env: Record<string, string> = {}): Promise<Running> {
  const port = await freePort()
  let output = ''
  const child = await launchServer({ port, directory, env, say: (text) => { output += text } })
  const ended = new Promise<{ code: number | null, signal: NodeJS.Signals | null }>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const running: Running = { child, port, url: `http://127.0.0.1:${port}`, directory, output: () => output, ended }
  started.add(running)
  void ended.then(() => started.delete(running))
  return running
}

export type Answer = { status: number, text: string }

// A post whose second half comes when `finish` is called: a request under way for as long as the test wants.
export function halfPosted(port: number, body: string): { request: ClientRequest, finish: () => Promise<Answer>, answer: Promise<Answer> } {
  const half = Math.floor(body.length / 2)
  const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/session', headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length } })
  const answer = new Promise<Answer>((resolve, reject) => {
    request.once('error', reject)
    request.once('response', (response) => void response.toArray().then((chunks) => resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() }), reject))
  })
  answer.catch(() => undefined)
  request.write(body.slice(0, half))
  return { request, answer, finish: () => { request.end(body.slice(half)); return answer } }
}
