import { careOf } from '#app/ppks/care.ts'
import type { Panel } from '#app/programmes/panels.tsx'
import { PpksPanel } from '#views/ppks/panel.tsx'

export const ppksPanel: Panel = (db, actor, recipient) => <PpksPanel {...careOf(db, actor, recipient)} />
