using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Local;

/// <summary>The directory that keeps what an AppHost needs again: data of its servers, generated secrets, who runs it.</summary>
/// <param name="Root">The directory.</param>
/// <param name="Disposable">Whether it is deleted when the application stops, as in tests.</param>
internal sealed record LocalState(string Root, bool Disposable)
{
    // Servers may run as another user: that user must get through to the data, but has no business seeing what else is here.
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string SecretsFile => Path.Combine(Root, "secrets.json");

    public string LockFile => Path.Combine(Root, "lock");

    public string OwnerFile => Path.Combine(Root, "owner");

    /// <summary>Data that does not outlive a run.</summary>
    public string SessionData => Path.Combine(Root, "session");

    public static LocalState Temporary() =>
        new(Path.Combine(Path.GetTempPath(), $"aspire-local-{Path.GetRandomFileName()}"), Disposable: true);

    /// <summary>One directory per AppHost project, so that two clones never share data.</summary>
    public static LocalState For(string appHostName, string appHostDirectory, string? configured)
    {
        if (configured is not null)
        {
            return new LocalState(Path.GetFullPath(configured), Disposable: false);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appHostDirectory)))[..10];
        return new LocalState(Path.Combine(Home(), "aspire-local", $"{appHostName}-{hash}"), Disposable: false);
    }

    public string DataOf(string resource, bool persistent)
    {
        var parent = persistent ? Path.Combine(Root, "data") : SessionData;
        CreateDirectory(parent);
        return Path.Combine(parent, resource);
    }

    public void Create() => CreateDirectory(Root);

    /// <summary>Deletes what does not outlive a run.</summary>
    public void ForgetSession()
    {
        var path = Disposable ? Root : SessionData;
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path, PassThrough);
        File.SetUnixFileMode(path, PassThrough); // The creation mode is subject to the umask.
    }

    // Root's home is closed to the ordinary user that PostgreSQL runs as, so root's state is elsewhere.
    private static string Home() => Environment.IsPrivilegedProcess
        ? "/var/lib"
        : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
}
