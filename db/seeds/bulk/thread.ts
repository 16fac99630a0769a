import { parentPort, workerData } from 'node:worker_threads'
import { chainWeek, makeSome, type Job, type Making } from '#db/seeds/bulk/making.ts'

parentPort!.on('message', (job: Job) => parentPort!.postMessage(job.kind === 'week' ? chainWeek(job) : makeSome(job, workerData as Making)))
