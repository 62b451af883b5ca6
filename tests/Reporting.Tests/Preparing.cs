using Dapper;
using Delegation.TestKit.Access;
using Npgsql;

namespace Delegation.Reporting.Tests;

/// <summary>Prepares what tests and recorded calls need.</summary>
internal static class Preparing
{
    /// <summary>A delegation that the service knows, without any report.</summary>
    public static async Task<(Guid Insurer, Guid Delegation, Guid Delegate)> DelegationAsync(this Scene scene, Guid? insurer = null)
    {
        var (owner, delegation, tpa) = (insurer ?? Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync("INSERT INTO delegation VALUES (@owner, @delegation, @tpa, 'open', 1)", new { owner, delegation, tpa });
        return (owner, delegation, tpa);
    }

    /// <summary>A report of a delegation.</summary>
    public static async Task ReportAsync(this Scene scene, (Guid Insurer, Guid Delegation, Guid Delegate) of, DateOnly dueDay, bool published)
    {
        await using var administrator = new NpgsqlConnection(scene.Database.AdminConnectionString);
        await administrator.ExecuteAsync(
            "INSERT INTO report VALUES (@Insurer, @Delegation, @Delegate, gen_random_uuid(), 'technical', @start, @end, @dueDay, @publishTime)",
            new { of.Insurer, of.Delegation, of.Delegate, start = dueDay.AddDays(-60), end = dueDay.AddDays(-30), dueDay, publishTime = published ? DateTime.UtcNow : default(DateTime?) });
    }
}
