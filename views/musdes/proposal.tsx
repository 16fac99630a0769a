import type { Musdes } from '#app/musdes/musdes.ts'
import { QuestionField, type WhenShown } from '#views/field/question.tsx'
import { questionOf, type Trouble } from '#views/musdes/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { Checkbox, HiddenField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = { meeting: Musdes, typed: Record<string, string>, problem?: Trouble }

const IDENTITY = ['headName', 'headSex', 'headNik', 'headSpouseName', 'address']
const CONDITION = ['isWellOff', 'anyMemberWorking', 'headEmploymentStatus', 'anyMemberDisabled']
const LABELS = { ...Object.fromEntries([...IDENTITY, ...CONDITION].map((key) => [key, questionOf(key).label])), slsName: 'RT/RW atau dusun', splitsOff: 'Pisah rumah tangga' }

// Block P for a household the prelist did not know.
export const ProposalForm = ({ meeting, typed, problem }: Props) => {
  const errors = problem?.fields ?? {}
  const ask = (key: string, when?: WhenShown) => <QuestionField question={questionOf(key)} path={key} value={typed[key]} error={errors[key]} when={when} />
  return (
    <Narrow>
      <PageHead title="Usulan baru" lead="Rumah tangga yang diusulkan musdes dan belum ada di prelist. Setelah disimpan, kunjungannya menjadi tugas Anda."
        trail={[{ href: '/musdes', label: 'Musdes/muskel' }, { href: `/musdes/${meeting.id}`, label: meeting.minutesNumber }]} />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Form action={`/musdes/${meeting.id}/proposals`}>
        <HiddenField name="id" value={typed.id ?? ''} />
        <Card title="Kepala rumah tangga">
          {IDENTITY.map((key) => ask(key))}
          {(errors.splitsOff || typed.splitsOff) && (
            <Checkbox name="splitsOff" label="NIK ini memang sudah tercatat: orang ini sekarang pisah rumah tangga" checked={typed.splitsOff === '1'} error={errors.splitsOff} />
          )}
          <TextField name="slsName" label={LABELS.slsName} value={typed.slsName} maxlength={60} hint="Misalnya: RT 02 RW 01" />
        </Card>
        <Card title="Keadaan rumah tangga">
          {CONDITION.map((key) => ask(key, key === 'headEmploymentStatus' ? working(typed) : undefined))}
          <TextField name="note" label="Catatan musdes" value={typed.note} maxlength={300} />
        </Card>
        <ActionBar><Button>Simpan usulan</Button><LinkButton href={`/musdes/${meeting.id}`} tone="quiet">Selesai</LinkButton></ActionBar>
      </Form>
    </Narrow>
  )
}

const working = ({ anyMemberWorking }: Record<string, string>): WhenShown =>
  ({ tests: [{ key: 'anyMemberWorking', path: 'anyMemberWorking', in: [true] }], asked: anyMemberWorking === 'true', words: 'ada anggota rumah tangga yang bekerja' })
