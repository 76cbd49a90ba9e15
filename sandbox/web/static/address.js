// Reads and writes the address of a place: #/as/U1/channel/C1/thread/1.2, two of them joined by "+" side by side.

/** "#/as/U1/home+as/U2/home" → [{person, place, thread}], one or two. place: "home", "messages", "channel/C1". */
export function read(hash) {
  return hash.replace(/^#\/?/, "").split("+").slice(0, 2).map(one).filter(Boolean);
}

function one(text) {
  const [as, person, kind, id, thread, ts] = text.replace(/^\//, "").split("/").map(decodeURIComponent);
  if (as !== "as" || !person) return null;
  if (kind === "channel" && id) return { person, place: `channel/${id}`, thread: thread === "thread" ? ts : null };
  return { person, place: kind === "messages" ? "messages" : "home", thread: id === "thread" ? thread : null };
}

export function write(spots) {
  return `#/${spots.map(({ person, place, thread }) => {
    const tail = thread ? `/thread/${encodeURIComponent(thread)}` : "";
    return `as/${encodeURIComponent(person)}/${place}${tail}`;
  }).join("+")}`;
}
