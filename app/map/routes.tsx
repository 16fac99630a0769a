import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { recordTable } from '#app/dashboards/downloads.ts'
import { FACET_KEYS } from '#app/map/facets.ts'
import { listInView, readMap, readPlaces, readUnplaced, wholeView } from '#app/map/map.ts'
import { CLOSEST, HEIGHT, moved, WIDEST, WIDTH, type View } from '#app/map/projection.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { placesCsv } from '#views/map/csv.ts'
import { MapPage, MapPart } from '#views/map/map.tsx'

const number = (low: number, high: number) => z.coerce.number().min(low).max(high).optional().catch(undefined)
// dx, dy: dots of the drawing it is moved by from there.
const Asked = z.object({
  region: pickedRegion, colour: z.enum(FACET_KEYS).catch('stage'), seen: z.enum(['all', 'visited', 'unvisited']).catch('all'),
  lat: number(-85, 85), lon: number(-180, 180), zoom: number(WIDEST, CLOSEST), dx: number(-WIDTH, WIDTH), dy: number(-HEIGHT, HEIGHT),
})

// So few are read as a list; of more the map says more.
const SHOWN = 30

// Where the households lie and what has been seen there, drawn by the server; every mark is a link that looks closer.
export const mapRoutes = ({ db, tiles }: Deps) => {
  const read = (c: Context<Env>) => {
    const { lat, lon, zoom, dx = 0, dy = 0, ...asked } = readQuery(c, Asked)
    const given: View | undefined = lat === undefined || lon === undefined || zoom === undefined ? undefined : { latitude: lat, longitude: lon, zoom: Math.round(zoom) }
    const view = given ? moved(given, dx, dy) : wholeView(db, c.var.actor, asked)
    return { asked, view }
  }
  return new Hono<Env>()
    .use(may('map.read'))

    .get('/', (c) => {
      const { asked, view } = read(c)
      const picture = view && readMap(db, c.var.actor, view, asked)
      const near = view && picture!.total.n <= SHOWN ? listInView(db, c.var.actor, view, asked, SHOWN) : []
      const props = { asked, view, picture, near, tiles }
      return page(c, 'Peta', () => <MapPage {...props} unplaced={readUnplaced(db, c.var.actor, asked)} choices={placeChoices(db, c.var.actor, asked.region)} />, { part: () => <MapPart {...props} />, wide: true })
    })

    .get('/places.csv', (c) => {
      const { asked, view } = read(c)
      const places = view ? readPlaces(db, c.var.actor, view, asked) : []
      transact(db, c.var.actor, (tx) => recordTable(tx, 'map', { ...asked, rows: places.length }))
      return c.body(placesCsv(places, asked.colour), 200, asCsv('peta.csv'))
    })
}
