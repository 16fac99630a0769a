import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { visits } from '#db/schema/index.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { addHousehold, freshApp, PASSWORD, siti, stageOf } from '#test/support/world.ts'

// What a text browser does: it follows links, keeps the cookie and posts the fields it was given, whatever they hold.
function textBrowser(app: ReturnType<typeof freshApp>['app']) {
  let cookie = ''
  let at = '/'
  let html = ''
  const go = async (path: string, init: RequestInit = {}): Promise<void> => {
    const answer = await app.request(path, { redirect: 'manual', ...init, headers: { Cookie: cookie } })
    const set = answer.headers.getSetCookie().find((one) => one.startsWith('siks_session='))
    if (set) cookie = set.split(';')[0]!
    if (answer.status === 303) return go(answer.headers.get('Location')!)
    assert.is(answer.status, 200, `${path}: ${answer.status}`)
    ;[at, html] = [path, await answer.text()]
  }
  const forms = () => html.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? []
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const filled = (form: string): [string, string][] => [
    ...[...form.matchAll(/<input[^>]*>/g)].flatMap(([tag]): [string, string][] => {
      const [name, type, value] = [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text', attribute(tag, 'value') ?? '']
      const idle = (type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag)
      return name && !idle && type !== 'file' ? [[name, value]] : []
    }),
    ...[...form.matchAll(/<select[^>]*name="([^"]*)"[\s\S]*?<\/select>/g)].map(([select, name]): [string, string] =>
      [name!, attribute(/<option[^>]*\sselected[^>]*>/.exec(select)?.[0] ?? '', 'value') ?? '']),
  ]
  return {
    go, html: () => html, at: () => at,
    // Sends the form with this action as it stands, with some fields changed.
    send: async (action: RegExp, change: Record<string, string | File> = {}) => {
      const form = forms().find((one) => action.test(attribute(one, 'action') ?? ''))
      assert.ok(form, `no form ${action} on ${at}`)
      const fields = [...filled(form!).filter(([name]) => !(name in change)), ...Object.entries(change)] as [string, string | File][]
      const files = fields.some(([, value]) => value instanceof File)
      const body = files ? new FormData() : new URLSearchParams()
      for (const [name, value] of fields) (body as FormData).append(name, value as string)
      await go(attribute(form!, 'action')!, { method: 'POST', body })
    },
  }
}

const plain = suite('without JavaScript')

plain('an officer signs in, lists, visits, photographs and submits by plain forms', async () => {
  const { app, db } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, head: 'Asep Suryana' })
  const browser = textBrowser(app)
  await browser.go('/session?next=/field')
  await browser.send(/\/session$/, { username: 'siti', password: PASSWORD })
  assert.match(browser.html(), /Asep Suryana/)
  await browser.go('/field/asep')
  await browser.send(/\/visits$/)

  await browser.send(/\/respondent$/, { 'household.hasilVerivali': '1' })
  for (const section of ['place', 'families', 'housing']) await browser.send(new RegExp(`/${section}$`), section === 'housing' ? { 'household.floorType': '2' } : {})
  const base = browser.at().replace(/\/members$/, '')
  await browser.go(`${base}/members/1`)
  await browser.send(/\/members\/1$/, { 'members.1.name': 'Wati Baru' })
  await browser.go(`${base}/photos`)
  await browser.send(/\/photos$/, Object.fromEntries(PHOTO_KINDS.map(({ code }, i) => [code, new File([new Uint8Array(makeJpeg({ seed: i + 1 }))], 'foto.jpg', { type: 'image/jpeg' })])))
  await browser.send(/\/location$/, { latitude: '-7,97', longitude: '110,22', accuracy: '25' })
  await browser.go(`${base}/review`)
  await browser.send(/\/submission$/)

  const visit = db.select().from(visits).get()!
  assert.equal([stageOf(db, 'asep'), visit.record.household.floorType, visit.record.members[1]!.name], ['submitted', 2, 'Wati Baru'])
  assert.equal(visit.record.household.hasTv, true)
})

plain('a refused submission names what is missing and where it is mended', async () => {
  const { app, db, as } = freshApp()
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti })
  const id = randomUUID()
  await as(siti).post('/field/asep/visits', { id })
  const answer = await as(siti).post(`/field/asep/visits/${id}/submission`)
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /href="\/field\/asep\/visits\/[^"]+\/respondent#f-household-hasilVerivali"/)
  assert.ok(app)
})

plain.run()
