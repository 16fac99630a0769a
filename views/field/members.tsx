import type { FieldVisit } from '#app/field/store.ts'
import { findMistakes, questionnaireOf, sectionOf } from '#app/questionnaire/questionnaire.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { AddRow } from '#views/field/rows.tsx'
import { VisitHead, visitBase } from '#views/field/steps.tsx'

// The people of the house, each with a page of their own: one person at a time fits a small screen.
export const MembersPage = ({ visit, today }: { visit: FieldVisit, today: string }) => {
  const questionnaire = questionnaireOf(visit.questionnaireVersion)!
  const section = sectionOf(questionnaire, 'members')
  const presence = section.questions.find(({ key }) => key === 'memberPresence')!
  const relation = section.questions.find(({ key }) => key === 'relationToHead')!
  const mistakes = findMistakes(questionnaire, visit.record, { section: 'members', context: { today } })
  const whole = mistakes.filter(({ path }) => path === 'members')
  return (
    <Stack>
      <VisitHead visit={visit} current="members" title="Anggota rumah tangga" today={today} />
      {whole.map(({ message }) => <Notice tone="warn"><p>{message}</p></Notice>)}
      <Table caption="Anggota rumah tangga" hideCaption columns={['Nama', 'Hubungan', 'Keberadaan', 'Isian', { label: 'Tindakan', hide: true }]}>
        {visit.record.members.map((member, i) => {
          const own = mistakes.filter(({ path, severity }) => path.startsWith(`members.${i}.`) && severity === 'error').length
          const remarks = visit.remarks.filter(({ path }) => path.startsWith(`members.${i}.`)).length
          const opened = visit.savedSections[`members.${i}`] !== undefined
          return (
            <Row>
              <Cell label="Nama" lead>{`${member.memberSeq ?? i + 1}. ${member.name ?? '(belum ada nama)'}`}</Cell>
              <Cell label="Hubungan">{displayAnswer(relation, member.relationToHead)}</Cell>
              <Cell label="Keberadaan">{displayAnswer(presence, member.memberPresence)}</Cell>
              <Cell label="Isian">
                {remarks > 0 && <Badge tone="warn">{`${remarks} catatan pemeriksa`}</Badge>}
                {own > 0 ? <Badge tone="warn">{`${own} belum lengkap`}</Badge> : <Badge tone={opened ? 'good' : 'neutral'}>{opened ? 'Lengkap' : 'Dari prelist'}</Badge>}
              </Cell>
              <Cell label="Tindakan" actions><LinkButton href={`${visitBase(visit)}/members/${i}`} small>{opened ? 'Ubah' : 'Isi'}</LinkButton></Cell>
            </Row>
          )
        })}
      </Table>
      <AddRow visit={visit} section={{ roster: 'members' }} />
      <p><LinkButton href={`${visitBase(visit)}/children`} tone="primary">Lanjut</LinkButton></p>
    </Stack>
  )
}
