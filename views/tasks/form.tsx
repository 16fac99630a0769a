import type { Assignee } from '#app/users/people.ts'
import type { Subject } from '#app/tasks/subjects.ts'
import { ROLE_LABELS } from '#views/users/labels.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { SUBJECTS } from '#views/tasks/words.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, HiddenField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, Narrow, PageHead } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { typed: Record<string, string>, subject?: Subject, assignees: Assignee[], problem?: Refusal }

const LABELS: Record<string, string> = { title: 'Tugas', text: 'Penjelasan', assigneeId: 'Untuk', dueOn: 'Selesai paling lambat' }
export const assigneeOptions = (assignees: Assignee[]) => assignees.map(({ id, name, role }) => ({ value: id, label: `${name} (${ROLE_LABELS[role]})` }))

export const NewTaskPage = ({ typed, subject, assignees, problem }: Props) => {
  const field = (name: string) => ({ name, label: LABELS[name]!, value: typed[name], error: problem?.fields[name] })
  return (
    <Narrow>
      <PageHead title="Buat tugas" trail={[{ href: '/tasks', label: 'Tugas' }]} />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      <Card>
        {subject && <Facts items={[{ label: `Tentang (${SUBJECTS[subject.kind].toLowerCase()})`, value: subject.href ? <a href={subject.href}>{subject.title}</a> : subject.title }]} />}
        <Form action="/tasks">
          <HiddenField name="id" value={typed.id ?? ''} />
          {subject && <HiddenField name="about" value={`${subject.kind}:${subject.id}`} />}
          <TextField {...field('title')} required maxlength={120} hint="Satu kalimat yang bisa langsung dikerjakan." />
          <TextArea {...field('text')} maxlength={1000} />
          <SelectField {...field('assigneeId')} required options={assigneeOptions(assignees)} hint={assignees.length === 0 ? 'Tidak ada orang yang bertugas di wilayah ini.' : undefined} />
          <DateField {...field('dueOn')} required />
          <ActionBar><Button>Buat tugas</Button><LinkButton href="/tasks" tone="quiet">Batal</LinkButton></ActionBar>
        </Form>
      </Card>
    </Narrow>
  )
}
