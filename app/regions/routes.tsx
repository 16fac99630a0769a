import { Hono } from 'hono'
import * as z from 'zod'
import { changed, isHtmx, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { changeRegion, recordBpsCode } from '#app/regions/changes.ts'
import { pickerLevels } from '#app/regions/picker.ts'
import { childrenOf, getRegion } from '#app/regions/regions.ts'
import { regionPage } from '#app/regions/region-page.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { Options, PickerLevels } from '#views/regions/picker.tsx'
import { RegionPage, RegionResults } from '#views/regions/region.tsx'

const Search = z.object({ q: z.string().trim().max(100).default('') })
const PickerQuery = z.object({
  name: z.string().regex(/^[\w-]{1,40}$/), above: z.coerce.number().int().min(1).max(3),
  deepest: z.coerce.number().int().min(2).max(4), within: z.string().max(13).default(''), blank: z.string().max(60).default('Pilih…'),
})
const BpsForm = z.object({ bpsCode: z.string().trim().max(10).default('') })
const ChangeForm = z.object({
  key: z.uuid(), kind: z.enum(['rename', 'recode', 'split', 'merge'], 'Pilih jenis perubahan.'),
  newCode: z.string().trim().max(13).default(''), newName: z.string().trim().max(100).default(''),
  effectiveOn: z.iso.date('Isi tanggal berlaku.'), source: z.string().trim().min(1, 'Sebutkan dasar hukumnya.').max(300),
})

export const regionRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { q } = readQuery(c, Search)
    const shown = regionPage(db, c.var.actor, '', q)
    return page(c, 'Wilayah', () => <RegionPage {...shown} />, { part: () => <RegionResults {...shown} /> })
  })

  // The selects below the one that changed (views/regions/picker.tsx).
  .get('/children', (c) => {
    const { name, above, deepest, within, blank } = readQuery(c, PickerQuery)
    const below = pickerLevels(db, { chosen: c.req.query(name), within, deepest }).filter(({ level }) => level > above)
    return c.html(<PickerLevels name={name} levels={below} within={within} blank={blank} />)
  })

  .get('/:code', (c) => {
    const shown = regionPage(db, c.var.actor, getRegion(db, c.req.param('code')).code)
    return page(c, shown.region?.name ?? 'Wilayah', <RegionPage {...shown} changeKey={crypto.randomUUID()} />)
  })

  .get('/:code/children', (c) => {
    const { code } = getRegion(db, c.req.param('code'))
    return isHtmx(c) ? c.html(<Options options={childrenOf(db, code)} />) : c.redirect(`/regions/${code}`, 303)
  })

  .post('/:code/bps-code', may('region.manage'), async (c) => {
    const { bpsCode } = await readForm(c, BpsForm)
    const code = c.req.param('code')
    transact(db, c.var.actor, (tx) => recordBpsCode(tx, code, bpsCode))
    return changed(c, `/regions/${code}`, { message: 'Kode BPS disimpan.' })
  })

  .post('/:code/changes', may('region.manage'), async (c) => {
    const { key, ...change } = await readForm(c, ChangeForm)
    const code = c.req.param('code')
    transact(db, c.var.actor, (tx) => changeRegion(tx, code, { id: key, ...change }))
    return changed(c, `/regions/${code}`, { message: 'Perubahan wilayah dicatat.' })
  })
