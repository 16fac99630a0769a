import type { Block } from '#app/households/blocks.ts'
import type { HouseholdDetail } from '#app/households/detail.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { PLACE } from '#app/questionnaire/2026/place.ts'
import { MEMBERS } from '#app/questionnaire/2026/members.ts'
import type { Answers } from '#app/questionnaire/record.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatAge, formatDate, formatShortDate } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { household: HouseholdDetail }

// The record as the form orders it. Each block says how much of it is known and how old it is.
export const Blocks = ({ household }: Props) => (
  <>
    {household.blocks.map((block) => (
      <Card title={block.title} id={`blok-${block.code}`} actions={<Known block={block} />}>
        {(block.setAt || block.asked > 0) && <p class="hint">{ageWords(block, household.openedAt)}</p>}
        <Content block={block} household={household} />
      </Card>
    ))}
  </>
)

const Known = ({ block: { asked, answered } }: { block: Block }) => asked === 0 ? null
  : <Badge tone={answered === asked ? 'good' : 'warn'}>{answered === asked ? 'Lengkap' : `${answered} dari ${asked} isian`}</Badge>

const ageWords = ({ setAt, setBy }: Block, now: string) => setAt
  ? `Versi ${setBy}, ${formatDate(setAt)} (${formatAge(setAt, now)})` : 'Belum pernah diisi'

const Content = ({ block, household }: Props & { block: Block }) => {
  if (block.code === 'members') return <Members block={block} household={household} />
  if (block.code === 'families') return <Families household={household} />
  if (block.groups.length === 0) return <p>Tidak ada.</p>
  return (
    <>
      {block.groups.map(({ title, rows }) => (
        <>
          {block.groups.length > 1 && <h3>{title}</h3>}
          <Facts items={rows.map(({ label, answer }) => ({ label, value: answer }))} />
        </>
      ))}
    </>
  )
}

const WHY_NO_KK = PLACE.find(({ key }) => key === 'kkMissingReason')!

const Families = ({ household: { record: { families, members } } }: Props) => families.length === 0 ? <p>Belum ada Nomor KK.</p> : (
  <Table caption="Keluarga dan Nomor KK" hideCaption dense columns={['Keluarga', 'Nomor KK', 'Kepala keluarga', { label: 'Anggota', align: 'right' }]}>
    {families.map(({ familySeq, kkNumber, kkMissingReason }) => {
      const people = members.filter((member) => member.familySeq === familySeq)
      return (
        <Row>
          <Cell label="Keluarga" lead>{String(familySeq ?? '')}</Cell>
          <Cell label="Nomor KK"><span class="number">{String(kkNumber ?? '–')}</span>{!kkNumber && kkMissingReason && <><br /><small class="hint">{displayAnswer(WHY_NO_KK, kkMissingReason)}</small></>}</Cell>
          <Cell label="Kepala keluarga">{String(people.find(({ relationToFamilyHead }) => relationToFamilyHead === 1)?.name ?? '–')}</Cell>
          <Cell label="Anggota" align="right">{people.length}</Cell>
        </Row>
      )
    })}
  </Table>
)

const QUESTIONS = new Map(MEMBERS.map((question) => [question.key, question]))
const said = (member: Answers, key: string) => displayAnswer(QUESTIONS.get(key)!, member[key])
const CARDS = [['hasPkh', 'PKH'], ['hasKks', 'KKS'], ['hasSembako', 'Sembako'], ['hasPbi', 'PBI-JK'], ['hasKip', 'KIP']] as const

const Members = ({ block, household: { record: { members } } }: Props & { block: Block }) => (
  <>
    <Table caption="Anggota rumah tangga" hideCaption dense columns={['Nama dan NIK', 'Hubungan', 'L/P', 'Lahir', 'Keberadaan', 'Kartu']}>
      {members.map((member) => (
        <Row tone={[undefined, 1, 4].includes(member.memberPresence as number | undefined) ? undefined : 'warn'}>
          <Cell label="Nama dan NIK" lead>{String(member.memberSeq ?? '')}. {String(member.name ?? '')}<br /><small class="number">{String(member.nik ?? 'Belum ada NIK')}</small></Cell>
          <Cell label="Hubungan">{said(member, 'relationToHead')}</Cell>
          <Cell label="L/P">{member.sex === 1 ? 'L' : member.sex === 2 ? 'P' : '–'}</Cell>
          <Cell label="Lahir">{typeof member.birthDate === 'string' ? formatShortDate(member.birthDate) : '–'}</Cell>
          <Cell label="Keberadaan">{said(member, 'memberPresence')}</Cell>
          <Cell label="Kartu">{CARDS.filter(([key]) => member[key] === true).map(([, label]) => label).join(', ') || '–'}</Cell>
        </Row>
      ))}
    </Table>
    {block.groups.map(({ title, rows }) => (
      <details class="all-answers">
        <summary>Semua jawaban {title}</summary>
        <Facts items={rows.map(({ label, answer }) => ({ label, value: answer }))} />
      </details>
    ))}
  </>
)
