namespace Aspire.Hosting.Local.Servers;

/// <summary>
/// What root runs to install packages. A shell script, because its exit trap undoes the temporary files also when it is
/// interrupted.
/// </summary>
internal static class InstallScript
{
    /// <summary>Arguments: the packages to install.</summary>
    public const string Text = """
        set -eu
        export DEBIAN_FRONTEND=noninteractive
        policy=/usr/sbin/policy-rc.d
        clusters=/etc/postgresql-common/createcluster.d
        ours=$clusters/no-main-cluster.conf
        made=

        undo() {
            rm -f "$policy" "$ours"
            if [ -e "$policy.kept" ]; then mv "$policy.kept" "$policy"; fi
            if [ -n "$made" ]; then rmdir -p "$clusters" 2>/dev/null || :; fi
        }
        trap undo EXIT
        trap 'exit 130' HUP INT TERM

        # A package starts its service on installation unless this file says 101, "forbidden":
        # https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
        if [ -e "$policy" ] && [ ! -e "$policy.kept" ]; then mv "$policy" "$policy.kept"; fi
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"

        # Debian's PostgreSQL creates a cluster "main" on installation unless told not to (pg_createcluster(1)).
        if [ ! -d "$clusters" ]; then made=yes; mkdir -p "$clusters"; fi
        echo 'create_main_cluster = false' >"$ours"

        install() {
            apt-get install -y --no-install-recommends \
                -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2 -o Acquire::http::Timeout=30 "$@"
        }
        update() {
            apt-get update -o Acquire::Retries=2 -o Acquire::http::Timeout=30
        }
        # Lists that are too old name packages that the mirror no longer has.
        install "$@" || { update && install "$@"; }

        # Under systemd the service would start with the machine; the server is wanted only while the application runs.
        if [ -d /run/systemd/system ]; then
            for unit in redis-server valkey-server; do systemctl disable --quiet "$unit" 2>/dev/null || :; done
        fi
        """;
}
