import type { Asked } from '#app/map/map.ts'
import type { View } from '#app/map/projection.ts'

const query = ({ region, seen, colour }: Asked, view?: View) => new URLSearchParams({
  ...(region && { region }), ...(colour !== 'stage' && { colour }), ...(seen !== 'all' && { seen }),
  ...(view && { lat: view.latitude.toFixed(6), lon: view.longitude.toFixed(6), zoom: String(view.zoom) }),
}).toString()

export const mapHref = (asked: Asked, view?: View) => `/map?${query(asked, view)}`.replace(/\?$/, '')
export const csvHref = (asked: Asked, view?: View) => `/map/places.csv?${query(asked, view)}`.replace(/\?$/, '')
