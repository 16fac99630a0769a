import type { TaskView } from '#app/tasks/list.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { assigneeOptions } from '#views/tasks/form.tsx'
import { STATUS, stepWords, SUBJECTS } from '#views/tasks/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm } from '#views/ui/button.tsx'
import { DateField, HiddenField, SelectField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, Narrow, PageHead, Timeline } from '#views/ui/page.tsx'

type Refusal = { message: string, fields: Record<string, string> }
type Props = { view: TaskView, formKey: string, today: string, isOwn: boolean, problem?: Refusal }

export const TaskPage = ({ view, formKey, today, isOwn, problem }: Props) => {
  const { task, assignee, maker, place, about, steps, assignees } = view
  const isLate = (task.status === 'new' || task.status === 'working') && task.dueOn < today
  return (
    <Narrow>
      <PageHead title={task.title} trail={[{ href: '/tasks', label: 'Tugas' }]} badge={<Badge tone={STATUS[task.status].tone}>{STATUS[task.status].words}</Badge>} lead={task.text || undefined} />
      {problem && <ProblemPanel problem={problem} />}
      <Card tone={isLate ? 'bad' : undefined}>
        <Facts items={[
          { label: 'Untuk', value: isOwn ? `${assignee} (Anda)` : assignee }, { label: 'Selesai paling lambat', value: `${formatDate(task.dueOn)}${isLate ? ', lewat batas' : ''}` },
          { label: 'Wilayah', value: place }, { label: 'Dibuat', value: `${maker}, ${formatDateTime(task.madeAt)}` },
          ...(task.subject ? [{ label: `Tentang (${SUBJECTS[task.subject].toLowerCase()})`, value: about ? about.href ? <a href={about.href}>{about.title}</a> : about.title : 'Sudah tidak di wilayah Anda' }] : []),
        ]} />
      </Card>
      <Steps view={view} formKey={formKey} isOwn={isOwn} problem={problem} />
      {assignees.length > 0 && (
        <Confirm label="Ganti orang atau batas waktu" tone="quiet" open={problem?.fields.assigneeId !== undefined || problem?.fields.dueOn !== undefined}>
          <Form action={`/tasks/${task.id}/handing`}>
            <Seen task={task} formKey={formKey} />
            <SelectField name="assigneeId" label="Untuk" required value={task.assigneeId} blank="" options={assigneeOptions(assignees)} error={problem?.fields.assigneeId} />
            <DateField name="dueOn" label="Selesai paling lambat" required value={task.dueOn} error={problem?.fields.dueOn} />
            <TextArea name="note" id="f-hand-note" label="Catatan" maxlength={1000} />
            <Button>Simpan perubahan</Button>
          </Form>
        </Confirm>
      )}
      <Card title="Riwayat">
        <Timeline items={[...steps].reverse().map(({ at, fromStatus, toStatus, by, to, note }) => ({
          at: formatDateTime(at), iso: at, by, note: note || undefined, tone: fromStatus !== toStatus ? STATUS[toStatus].tone : 'neutral' as const,
          title: fromStatus === null ? `Dibuat untuk ${to}` : fromStatus === toStatus ? 'Catatan' : STATUS[toStatus].words,
        }))} />
      </Card>
    </Narrow>
  )
}

const Seen = ({ task, formKey }: { task: TaskView['task'], formKey: string }) => (
  <><HiddenField name="key" value={formKey} /><HiddenField name="revision" value={task.revision} /></>
)

// One box for the words; which button is pressed says what becomes of the task.
const Steps = ({ view: { task, next }, formKey, isOwn, problem }: { view: TaskView, formKey: string, isOwn: boolean, problem?: Refusal }) => (
  <Card title={isOwn ? 'Kerjakan' : 'Catatan dan langkah'}>
    <Form action={`/tasks/${task.id}/step`}>
      <Seen task={task} formKey={formKey} />
      <TextArea name="note" label="Catatan" maxlength={1000} error={problem?.fields.note} hint={next.includes('cancelled') ? 'Wajib diisi bila tugas dibatalkan.' : undefined} />
      <ActionBar>
        {next.map((status) => <Button name="status" value={status} tone={status === 'cancelled' ? 'danger' : status === 'new' ? 'secondary' : 'primary'}>{stepWords(task.status, status)}</Button>)}
        <Button tone="secondary" formaction={`/tasks/${task.id}/notes`}>Simpan catatan saja</Button>
      </ActionBar>
    </Form>
  </Card>
)
