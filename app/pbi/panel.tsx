import { standingOf } from '#app/pbi/standing.ts'
import type { Panel } from '#app/programmes/panels.tsx'
import { PbiPanel } from '#views/pbi/panel.tsx'

export const pbiPanel: Panel = (db, actor, recipient, now) => <PbiPanel {...standingOf(db, actor, recipient, now)} />
