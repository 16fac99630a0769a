// Where any page sends whoever wants to make a task of what it shows. about: "household:<id>", "officer:<id>", "region:<code>",
// "visit:<id>", "report:<id>", "backcheck:<id>" or "monitoring:<id>". assignee: whom it is proposed to.
export const taskHref = ({ title, about, assignee, text }: { title?: string, about?: string, assignee?: string, text?: string }) =>
  `/tasks/new?${new URLSearchParams({ ...(title && { title }), ...(about && { about }), ...(assignee && { for: assignee }), ...(text && { text }) })}`
