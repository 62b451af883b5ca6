# Outlives an AppHost that is killed, and then stops what the AppHost started. A shell script, because a process that waits
# on every machine for something that hardly ever happens must be small (about 1 MB).
#
# Arguments: how the marker variable of this run starts; a directory to delete at the end, or nothing.
# Standard input: "+ pid start-time signal" for each process started, "." for a good end; its end is the death of the AppHost.

mark=$1
trash=$2
ours=' '
trap '' HUP INT TERM
exec >/dev/null 2>&1

while read -r word pid start signal; do
    case $word in
    +) ours="$ours$pid:$start:$signal " ;;
    .) exit 0 ;;
    esac
done

# The fields of /proc/pid/stat after the name in parentheses: 1 state, 2 parent, 20 start time.
fields() {
    { read -r line <"/proc/$1/stat"; } || return 1
    line=${line##*) }
    case $line in [ZX]*) return 1 ;; esac
}

# Sets family to the living processes of this run: those we were told of, those that carry the marker, and their descendants.
find_family() {
    family=' '
    for entry in $ours; do
        pid=${entry%%:*}
        rest=${entry#*:}
        fields "$pid" || continue
        set -- $line
        [ "${20}" = "${rest%%:*}" ] && family="$family$pid "
    done
    for file in $(grep -ls "$mark" /proc/[0-9]*/environ); do
        pid=${file#/proc/}
        pid=${pid%%/*}
        case $family in *" $pid "*) ;; *) fields "$pid" && family="$family$pid " ;; esac
    done
    grown=yes
    while [ -n "$grown" ]; do
        grown=
        for directory in /proc/[0-9]*; do
            pid=${directory#/proc/}
            case $family in *" $pid "*) continue ;; esac
            fields "$pid" || continue
            set -- $line
            case $family in *" $2 "*) family="$family$pid " grown=yes ;; esac
        done
    done
}

# Sets signal to what stops a process in good order: its own if we were told of it, the usual one if it only carries the
# marker (it was started just now), none for descendants, which their parent stops.
find_signal() {
    signal=
    case $ours in
    *" $1:"*)
        signal=${ours##* $1:}
        signal=${signal#*:}
        signal=${signal%% *}
        ;;
    *) grep -qs "$mark" "/proc/$1/environ" && signal=15 ;;
    esac
}

find_family
for pid in $family; do
    find_signal "$pid"
    [ -n "$signal" ] && kill "-$signal" "$pid"
done

# Six seconds for all; two more for a database, which is interrupted (2) and may still write its data, and for its children.
tick=0
while find_family && [ "$family" != ' ' ] && [ $tick -lt 40 ]; do
    for pid in $family; do
        find_signal "$pid"
        if [ $tick -ge 34 ] || { [ $tick -ge 26 ] && [ "$signal" = 15 ]; }; then
            kill -9 "$pid"
        fi
    done
    sleep 0.2
    tick=$((tick + 1))
done

[ -n "$trash" ] && rm -rf "$trash"
exit 0
