import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { lookUp } from '#app/public/lookup.ts'
import { openDoor, showOpenProblem } from '#app/public/open-routes.tsx'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { PickerLevels } from '#views/regions/picker.tsx'
import { LookupPage } from '#views/public/lookup.tsx'

const ANSWER_MS = 120

const Place = z.object({ region: pickedRegion })
const Children = z.object({ above: z.coerce.number().int().min(1).max(3), region: pickedRegion })
const Question = z.object({ region: pickedRegion, name: z.string().trim().max(200).default(''), step: z.string().optional() })

// Cek Bansos. Asked by post, so that no name stands in an address, a history or a log.
export const lookupRoutes = ({ db }: Deps) => new Hono<Env>()
  .onError(showOpenProblem)
  .use(openDoor)
  .get('/', (c) => {
    const { region } = readQuery(c, Place)
    return page(c, 'Cek Bansos', <LookupPage levels={pickerLevels(db, { chosen: region })} name="" />)
  })

  // The selects below the one that changed, as in regions/routes.tsx.
  .get('/children', (c) => {
    const { above, region } = readQuery(c, Children)
    const below = pickerLevels(db, { chosen: region }).filter(({ level }) => level > above)
    return c.html(<PickerLevels name="region" levels={below} within="" childrenAt="/cek/children" />)
  })

  .post('/', async (c) => {
    const { region, name, step } = await readForm(c, Question)
    const levels = pickerLevels(db, { chosen: region })
    // Enter presses the first button, which without script is the one of the picker.
    if (step && !(levels.at(-1)!.chosen && name)) return page(c, 'Cek Bansos', <LookupPage levels={levels} name={name} />)
    // A name that is there takes some milliseconds more than one that is not; nobody is to measure that.
    const [, { value, problem }] = await Promise.all([pause(ANSWER_MS), attempt(() => lookUp(db, { region, name, address: c.var.address }))])
    if (problem && problem.code !== 'invalid') throw problem
    return page(c, value ? 'Hasil Cek Bansos' : 'Cek Bansos', <LookupPage levels={levels} name={name} result={value} problem={problem} />, { status: problem?.status })
  })
