using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Delegation.TestKit.Cluster;

/// <summary>
/// The files of the shared cluster, in the temporary directory, one folder per user and repository:
/// <c>users.lock</c>, which each test process holds shared while it lives; <c>setup.lock</c>, which one holds while it looks for
/// or creates the server; <c>current.json</c>, how to reach the server; <c>cluster-…</c>, its data and log.
/// </summary>
internal sealed record ClusterFolder(string Path)
{
    private const string ClusterPrefix = "cluster-";

    public string UsersLock => System.IO.Path.Combine(Path, "users.lock");

    public string SetupLock => System.IO.Path.Combine(Path, "setup.lock");

    private string CurrentFile => System.IO.Path.Combine(Path, "current.json");

    /// <summary>The folder of this user and this repository.</summary>
    public static ClusterFolder Default { get; } = new(System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"platform-tests-{Environment.UserName}-{Digest(RepositoryRoot())}"));

    /// <summary>Creates the folder. Others may pass through it, since a server started by root runs under another account.</summary>
    public void Create() => Directory.CreateDirectory(
        Path, (UnixFileMode)Convert.ToInt32("755", 8));

    /// <summary>The server that the last creator left behind, whether it still runs or not.</summary>
    public RunningCluster? ReadCurrent()
    {
        try
        {
            return JsonSerializer.Deserialize<RunningCluster>(File.ReadAllText(CurrentFile));
        }
        catch (Exception none) when (none is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Names the server that all processes use from now on.</summary>
    public void WriteCurrent(RunningCluster cluster)
    {
        File.Delete(CurrentFile);
        using var file = new FileStream(CurrentFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, // it holds the password
        });
        JsonSerializer.Serialize(file, cluster);
    }

    /// <summary>A place for a new cluster, which no other has had: a watcher of a former one can never mistake it for its own.</summary>
    public string NewCluster() => System.IO.Path.Combine(Path, ClusterPrefix + Guid.NewGuid().ToString("N")[..8]);

    /// <summary>Deletes what killed processes and machines left. Only while nobody but the caller uses the folder's server.</summary>
    public void DeleteLeftovers()
    {
        foreach (var leftover in Directory.GetDirectories(Path, ClusterPrefix + "*"))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    private static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Directory.Packages.props")))
            {
                return directory.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
}

/// <summary>How to reach the shared server.</summary>
/// <param name="ConnectionString">Its superuser's connection string, without a database.</param>
internal sealed record RunningCluster(string ConnectionString);
