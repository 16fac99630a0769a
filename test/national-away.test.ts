import { createServer, type AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Problem } from '#app/problems.ts'
import { asUnavailable, openNation, rowOf } from '#db/postgres/connection.ts'

const away = suite('a PostgreSQL that is away')

away('though its machine takes the connection and says nothing, lets nobody wait without end, and is told as away', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const nation = openNation(`postgres://siks@127.0.0.1:${(silent.address() as AddressInfo).port}/siks`, 200)
  const failure = await rowOf(nation.pool, 'SELECT 1').then(() => undefined, (error: unknown) => error)
  const told = asUnavailable(failure)
  assert.is(told instanceof Problem && told.code, 'unavailable')
  await nation.close()
  silent.close()
})

away('by a name that nobody knows is told as away, too', () => {
  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ECONNREFUSED']) assert.ok(asUnavailable(Object.assign(new Error('x'), { code })) instanceof Problem, code)
})

away.run()
