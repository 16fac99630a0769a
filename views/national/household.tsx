import type { HouseholdReading } from '#app/national/searching.ts'
import type { Actor } from '#app/users/actor.ts'
import { NATION_TRAIL } from '#views/national/frame.tsx'
import { Decided, Failures } from '#views/ratification/contents.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { formatDateTime, maskNik } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = HouseholdReading & { names: Map<string, string>, actor: Actor }

export const HouseholdPage = ({ regency, sent, twins, names, answers }: Props) => {
  const newest = sent.find(({ isNewest }) => isNewest)!
  const sections = [...new Set(answers.map(({ section }) => section))]
  return (
    <Stack>
      <PageHead title={newest.headName || '(tanpa nama)'} lead={`${names.get(newest.villageCode) ?? newest.villageCode}, ${regency.name}, ${regency.province}`}
        trail={[...NATION_TRAIL, { href: `/national/batches/${newest.root}`, label: newest.title }]} />
      {twins.length > 0 && (
        <Notice tone="warn" title="NIK yang sama ada di rumah tangga lain">
          <ul>{twins.map(({ nik, seq, regencyCode, householdId }) => <li>{`ART ${seq}, ${maskNik(nik)}: `}<a href={`/national/households/${regencyCode}/${encodeURIComponent(householdId)}`}>{names.get(regencyCode) ?? regencyCode}</a></li>)}</ul>
        </Notice>
      )}
      <Table caption="Berkas yang membawa rumah tangga ini, terbaru lebih dulu" columns={['Berkas', 'Diterima', 'Pemeriksaan', 'Keputusan']}>
        {sent.map((one) => (
          <Row>
            <Cell label="Berkas" lead><a href={`/national/batches/${one.root}`}>{one.title}</a> {one.isNewest && <Badge tone="info">Terbaru</Badge>}</Cell>
            <Cell label="Diterima">{formatDateTime(one.arrivedAt)}</Cell>
            <Cell label="Pemeriksaan"><Failures failures={one.faults} /></Cell>
            <Cell label="Keputusan"><Decided {...one} /></Cell>
          </Row>
        ))}
      </Table>
      {sections.map((section) => (
        <Card title={section}><Facts items={answers.filter((one) => one.section === section).map(({ label, after }) => ({ label, value: after }))} /></Card>
      ))}
      <Card title="Asal data"><Facts items={[{ label: 'IDBDT', value: newest.prelistId }, { label: 'Hash data (SHA-256)', value: <code class="hash">{newest.recordHash}</code>, wide: true }]} /></Card>
    </Stack>
  )
}
