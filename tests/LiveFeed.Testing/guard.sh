# shellcheck shell=bash
# Starts one server for the tests and stays beside it. It listens on its standard input, which the test process holds open:
# when that process ends, however it ends (kill -9 too), the server is killed and its directory removed.
#
#   guard DIRECTORY COMMAND...
#
# Words on standard input: `kill` (at once, nothing is written any more), `stop SIGNAL` (let it finish). Both leave the
# directory, so that the server can be started again. The guard ends with its server.
set -u
exec >/dev/null 2>&1
directory=$1
shift

cd "$directory" || exit 1
"$@" </dev/null >>"$directory/server.log" &
server=$!

# Every process that comes from $1, itself included. Each is stopped before its children are looked up, so that none slips away.
family() {
    local pid=$1 stat line fields
    kill -STOP "$pid" || return
    echo "$pid"
    for stat in /proc/[0-9]*/stat; do
        { read -r line <"$stat"; } || continue
        read -r -a fields <<<"${line##*) }"
        if [[ ${fields[1]} == "$pid" ]]; then
            stat=${stat#/proc/}
            family "${stat%/stat}"
        fi
    done
}

# Kills the whole family and waits until none of it holds a file, a port or memory any more (a zombie doesn't).
kill_all() {
    local pids pid stat
    mapfile -t pids < <(family "$server")
    kill -KILL "${pids[@]}"
    wait "$server"
    for pid in "${pids[@]}"; do
        while { read -r stat <"/proc/$pid/stat"; } && [[ ${stat##*) } != [ZX]* ]]; do
            sleep 0.01
        done
    done
}

# Nobody ever writes to it: reading it with a limit is a pause that needs no process.
exec {never}<> <(:)

# It asks whether there is anything before it reads, and then reads without a limit: a read that runs out of time between two
# letters of a word would throw away those that it has, and whoever sent the word would wait for ever.
while :; do
    if ! read -r -t 0; then
        kill -0 "$server" || exit
        read -r -t 0.1 -u "$never"
    elif read -r word signal; then
        case $word in
            kill)
                kill_all
                exit
                ;;
            stop) kill -"$signal" "$server" ;;
        esac
    else
        kill_all
        rm -rf "$directory"
        exit
    fi
done
