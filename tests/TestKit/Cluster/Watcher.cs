using System.Diagnostics;

namespace Delegation.TestKit.Cluster;

/// <summary>
/// A shell process of its own that runs the server, waits until no test process is left, then stops the server and deletes
/// its data. It depends on no test process: the kernel releases the lock of one that was killed.
/// </summary>
internal static class Watcher
{
    /// <summary>
    /// How long the server outlives the last test process: the projects of a solution are tested one after the other, and the
    /// next one then finds the server running.
    /// </summary>
    private const int LingerSeconds = 3;

    // Positional: users.lock, folder of the cluster, its data directory, seconds to linger, command of the server.
    private const string Script = """
        users=$1 folder=$2 data=$3 linger=$4
        shift 4
        # Descriptors that the test process happened to inherit, a lock perhaps, must not live as long as we do.
        exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&-
        ( cd "$data" && "$@"; echo "$?" >"$folder/exited" ) </dev/null >"$folder/server.log" 2>&1 &

        exec 9<"$users"
        while :; do
            flock -x 9
            flock -u 9
            sleep "$linger"
            if flock -xn 9; then break; fi
        done

        # While 'exited' is missing, the process named by postmaster.pid is ours. First in order, then at once.
        for signal in INT QUIT; do
            for pause in $(seq 100); do
                # A successor of a dead server has deleted the whole folder.
                if [ -e "$folder/exited" ] || [ ! -d "$folder" ]; then break 2; fi
                if [ "$pause" = 1 ]; then kill -s "$signal" "$(head -n 1 "$data/postmaster.pid")"; fi
                sleep 0.1
            done
        done
        rm -rf "$folder"
        """;

    /// <summary>Starts the server under a watcher. Both outlive this process and its terminal.</summary>
    public static void Start(string usersLock, string folder, string dataDirectory, string fileName, IEnumerable<string> arguments)
    {
        var script = Path.Combine(folder, "watcher.sh");
        File.WriteAllText(script, Script);

        // In a session of its own, so that Ctrl-C ends the tests and not their server; and started by a shell that ends at
        // once, so that it belongs to no process tree that a test runner may kill as a whole.
        using var launcher = Process.Start(new ProcessStartInfo("sh",
        [
            "-c", "setsid sh \"$0\" \"$@\" </dev/null >/dev/null 2>&1 &",
            script, usersLock, folder, dataDirectory, $"{LingerSeconds}", fileName, .. arguments,
        ]))!;
        launcher.WaitForExit();
    }
}
