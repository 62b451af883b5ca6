using System.Globalization;

namespace Aspire.Hosting.Local.Processes;

/// <summary>A process, told apart from a later one with the same id by the time it started.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Started">Clock ticks from boot to its start.</param>
internal readonly record struct ProcessIdentity(int Id, long Started)
{
    public bool IsAlive => ProcessTable.Read(Id) is { IsZombie: false } now && now.Identity == this;

    /// <summary>The process of an id, or null when there is none.</summary>
    public static ProcessIdentity? Of(int id) => ProcessTable.Read(id)?.Identity;

    public static bool TryParse(string? text, out ProcessIdentity identity)
    {
        identity = default;
        var parts = text?.Split(' ') ?? [];
        if (parts.Length < 2
            || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var started))
        {
            return false;
        }

        identity = new ProcessIdentity(id, started);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id} {Started}");
}
