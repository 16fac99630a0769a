import { serve } from '@hono/node-server'
import { Hono } from 'hono'

// What the framework alone can do: the ceiling of every page.
serve({ fetch: new Hono().get('/', (c) => c.text('hello')).fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
