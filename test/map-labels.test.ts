import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Mark, PlaceSums } from '#app/map/map.ts'
import { project, unitsPerDot } from '#app/map/projection.ts'
import { Drawing } from '#views/map/drawing.tsx'

const labels = suite('the names on the map')

const VIEW = { longitude: 110.3, latitude: -7.9, zoom: 12 }
const middle = project(VIEW)
// So many dots of the drawing from its middle.
const at = (right: number, down: number) => ({ x: Math.round(middle.x + right * unitsPerDot(VIEW.zoom)), y: Math.round(middle.y + down * unitsPerDot(VIEW.zoom)) })
const many = (right: number, down: number) => ({ ...at(right, down), n: 400, stage_5: 400 }) as unknown as Mark
const place = (name: string, right: number, down: number) => ({ ...at(right, down), n: 400, stage_5: 400, code: name, name }) as unknown as PlaceSums
const foot = (marks: Mark[], places: PlaceSums[]) => {
  const svg = String(Drawing({ asked: { region: '', seen: {}, colour: 'stage' } as never, view: VIEW, marks, places }))
  const [, drawn = ''] = /class="map-labels"[^>]*>(.*?)<\/g>/s.exec(svg) ?? []
  return [...drawn.matchAll(/y="([\d.]+)"[^>]*>([^<]+)</g)].map(([, y, name]) => [name!.trim(), Math.round(Number(y) - 270)])
}

labels('stand above their place, or below where a circle lies above', () => {
  assert.equal(foot([many(0, 0)], [place('Poncosari', 0, 0)]), [['Poncosari', -30]])
  assert.equal(foot([many(0, 0), many(10, -45)], [place('Poncosari', 0, 0)]), [['Poncosari', 42]])
})

labels('cover no circle: where there is no room they are left to the table', () => {
  assert.equal(foot([many(0, 0), many(10, -45), many(-10, 45)], [place('Poncosari', 0, 0), place('Trimurti', 200, 0)]), [['Trimurti', -30]])
})

labels.run()
