# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/layers/layers.awk - reads all product files, prints FILE:LINE: what is wrong; exit status 1 then

BEGIN {
	may["base"] = "base"
	may["net"] = "net base"
	may["arch"] = "arch base"
	may["names"] = "names net base"
	may["rules"] = "rules net base"
	may["audit"] = "audit net base"
	may["tracer"] = "tracer audit rules names arch net base"
	may["cli"] = "cli tracer audit rules names arch net base"
	also["audit rules/verdict.h"] = 1
	budget["c"] = 400
	budget["h"] = 150

	for (i = 1; i < ARGC; i++)
		ours[ARGV[i]] = 1
	while ((getline line < exceptions) > 0) {
		sub(/#.*/, "", line)
		if (split(line, field) == 2)
			allowed[field[1]] = field[2]
	}
}

FNR == 1 {
	file_done()
	file = FILENAME
	layer = file
	sub(/\/.*/, "", layer)
	command = ""
}

{
	lines = FNR
}

# A directive may go on over several lines.
command != "" || /^[ \t]*#/ {
	command = command $0
	if (sub(/\\$/, " ", command))
		next
	directive(command)
	command = ""
}

END {
	file_done()
	for (name in allowed) {
		if (!(name in excused))
			wrong(name, 0, "is in test/layers/exceptions without need")
	}
	exit failed
}

function wrong(name, line, what)
{
	printf "%s:%d: %s\n", name, line, what
	failed = 1
}

function file_done(    kind, limit)
{
	if (file == "")
		return
	kind = file
	sub(/.*\./, "", kind)
	limit = budget[kind]
	if (lines <= limit)
		return
	if (file in allowed) {
		excused[file] = 1
		limit = allowed[file]
	}
	if (lines > limit)
		wrong(file, lines, "more than " limit " lines")
}

function directive(text)
{
	if (text ~ /^[ \t]*#[ \t]*(el)?if/ && layer != "arch" &&
	    text ~ /__(x86_64|amd64|i386|aarch64|arm|ILP32|LP64)__|_LP64/)
		wrong(file, FNR, "a conditional on the CPU, which belongs into arch/")
	if (text ~ /^[ \t]*#[ \t]*include/)
		include(text)
}

function include(text,    quoted, name)
{
	quoted = text ~ /include[ \t]*"/
	name = text
	sub(/^[ \t]*#[ \t]*include[ \t]*["<]?/, "", name)
	sub(/[">].*/, "", name)
	if (!quoted) {
		if (name in ours)
			wrong(file, FNR, "a header of ours is written \"" name "\", with quotes")
	} else if (!(name in ours)) {
		wrong(file, FNR, "\"" name "\" is no header of ours by its path from the root")
	} else if (!is_below(name)) {
		wrong(file, FNR, layer "/ may not include \"" name "\"")
	}
}

function is_below(name,    folder, n, i, folders)
{
	if ((layer " " name) in also)
		return 1
	folder = name
	sub(/\/.*/, "", folder)
	n = split(may[layer], folders)
	for (i = 1; i <= n; i++) {
		if (folders[i] == folder)
			return name ~ /\.h$/
	}
	return 0
}
