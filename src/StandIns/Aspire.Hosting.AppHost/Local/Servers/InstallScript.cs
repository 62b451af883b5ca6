namespace Aspire.Hosting.Local.Servers;

/// <summary>
/// What root runs to install packages. A shell script, because its exit trap undoes the temporary files also when it is
/// interrupted.
/// </summary>
internal static class InstallScript
{
    /// <summary>Arguments: the root of the file system, empty for the machine's own; then the packages to install.</summary>
    public const string Text = """
        set -eu
        export DEBIAN_FRONTEND=noninteractive
        policy=$1/usr/sbin/policy-rc.d
        clusters=$1/etc/postgresql-common/createcluster.d
        no_cluster=$clusters/installed-for-apphost.conf
        mark='# while packages are installed for an AppHost'
        made=
        shift

        undo() {
            rm -f "$policy" "$no_cluster"
            if [ -e "$policy.kept" ]; then mv "$policy.kept" "$policy"; fi
            if [ -n "$made" ]; then rmdir -p "$clusters" 2>/dev/null || :; fi
        }
        trap undo EXIT
        trap 'exit 130' HUP INT TERM

        # A package starts its service on installation unless this file says 101, "forbidden":
        # One with our mark is left from a run that was killed, and whatever it replaced is in "kept".
        if [ -e "$policy" ] && ! grep -qF "$mark" "$policy"; then mv "$policy" "$policy.kept"; fi
        printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
        chmod 755 "$policy"

        # Debian's PostgreSQL creates a cluster "main" on installation unless told not to (pg_createcluster(1)).
        if [ ! -d "$clusters" ]; then made=yes; mkdir -p "$clusters"; fi
        echo 'create_main_cluster = false' >"$no_cluster"

        install() {
            timeout 240 apt-get install -y --no-install-recommends \
                -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2 -o Acquire::http::Timeout=30 "$@"
        }
        update() {
            timeout 120 apt-get update -o Acquire::Retries=2 -o Acquire::http::Timeout=30
        }
        # Lists that are too old name packages that the mirror no longer has.
        if ! install "$@"; then
            update
            install "$@"
        fi

        # Under systemd the service would start with the machine; the server is wanted only while the application runs.
        if [ -d /run/systemd/system ]; then
            for unit in redis-server valkey-server; do systemctl disable --quiet "$unit" 2>/dev/null || :; done
        fi
        """;
}
