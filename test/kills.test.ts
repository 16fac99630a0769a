import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { survive } from '#test/support/kills.ts'

const kills = suite('a server that is killed again and again')

kills('keeps every visit it has acknowledged, whole, and nothing by halves', async () => {
  const { acknowledged, repeated, lost, half, unsound } = await survive(6, 5)
  assert.equal({ lost, half, unsound }, { lost: 0, half: 0, unsound: [] })
  assert.ok(acknowledged > 20 && repeated > 0, `${acknowledged} acknowledged, ${repeated} sent again`)
})

kills.run()
