import type { Answer } from '#test/support/answers.ts'
import { agus, aulia, mega, nia, rina } from '#test/support/world.ts'

// Whoever answers for the data of people: Dinsos of its region, the ministry, the administrator; the auditor counts.
const READERS = [rina, mega, agus, aulia]
const SETTERS = [mega, agus]
export const ACTIVITY = {
  code: '6f0f7d38-0d5a-4a3e-9a51-3a4d7f7c5f01', title: 'Survei kepuasan', purpose: 'Menilai layanan.', legalBasis: 'UU 25/2009', subjects: 'Penerima bantuan', categories: 'Nama, jawaban', special: 'Tidak ada',
  recipients: 'Dinsos', retention: 'households', measures: 'regions', source: 'Keputusan 7/2099', validFrom: '2099-01-01',
}
const breach = (path: string, ...allow: typeof READERS): Answer => ({ at: `/protection/breaches/breach${path}`, allow })
const REGION = '?region=34.02.01.2001'
const dinsos = (path: string, fields?: Record<string, string>): Answer => ({ at: `/protection/cases/case${path}`, allow: [rina], fields })

export const PROTECTION_ANSWERS: Record<string, Answer> = {
  'GET /protection': { allow: READERS, elsewhere: [nia] }, 'GET /protection/retention': { allow: READERS, elsewhere: [nia] }, 'GET /protection/register': { allow: READERS, elsewhere: [nia] },
  'GET /protection/retention/:kind': { at: '/protection/retention/drafts', allow: SETTERS }, 'POST /protection/retention/:kind': { at: '/protection/retention/drafts', allow: SETTERS, fields: { days: '90', validFrom: '2099-01-01', source: 'Keputusan 1/2099' } },
  'GET /protection/register/new': { allow: SETTERS }, 'POST /protection/register': { allow: SETTERS, fields: ACTIVITY },
  'GET /protection/register/:code': { at: '/protection/register/registry', allow: SETTERS }, 'POST /protection/register/:code': { at: '/protection/register/registry', allow: SETTERS, fields: ACTIVITY },
  'GET /protection/breaches': { allow: READERS, elsewhere: [nia] }, 'GET /protection/breaches/new': { allow: [mega, agus] }, 'POST /protection/breaches': { allow: [mega, agus] },
  'GET /protection/breaches/:id': breach('', ...READERS), 'GET /protection/breaches/:id/people': breach(`/people${REGION}`, rina, mega), 'GET /protection/breaches/:id/letters': breach(`/letters${REGION}`, rina, mega),
  'POST /protection/breaches/:id/steps': { ...breach('/steps', mega, agus), fields: { revision: '1', kind: 'note', note: 'dicatat' } },
  'GET /protection/cases': { allow: [rina, aulia], elsewhere: [nia] }, 'GET /protection/cases/new': { allow: [rina], elsewhere: [nia] }, 'POST /protection/cases': { allow: [rina], elsewhere: [nia] },
  'GET /protection/cases/:id': dinsos(''), 'POST /protection/cases/:id/file': dinsos('/file'), 'POST /protection/cases/:id/restriction': dinsos('/restriction', { reply: 'Belum disepakati', exports: '1' }), 'POST /protection/cases/:id/release': dinsos('/release', { note: 'Atas permintaan warga' }), 'POST /protection/cases/:id/reply': dinsos('/reply', { revision: '1', status: 'answered', reply: 'Salinan diserahkan di loket.' }),
}
