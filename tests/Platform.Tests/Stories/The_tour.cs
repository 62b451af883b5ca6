using System.Diagnostics;
using Delegation.Platform.Tests.Code;
using Delegation.Platform.Tests.Running;

namespace Delegation.Platform.Tests.Stories;

/// <summary>docs/tour.sh, which checks each of its steps itself and moves the clock, on a platform of its own.</summary>
public sealed class The_tour : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("platform-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [PlatformFact]
    public async Task Goes_from_two_strangers_to_the_certificate_of_destruction()
    {
        await using var platform = await AppHostProcess.StartAsync(_data);
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Here.Root, "docs", "tour.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PLATFORM_REST"] = Address("gateway"),
                ["PLATFORM_ISSUER"] = Address("identity"),
                ["PLATFORM_CLOCK"] = AppHostProcess.ClockFile(_data),
                ["DEMO_SECRET"] = DemoUser.Secret,
            },
        };

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(12));
        using var tour = Process.Start(start)!;
        var (told, wrong) = (tour.StandardOutput.ReadToEndAsync(limit.Token), tour.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await tour.WaitForExitAsync(limit.Token);
        }
        finally
        {
            tour.Kill(entireProcessTree: true);
        }

        Assert.True(tour.ExitCode == 0, $"{await told}\n{await wrong}");
        Assert.Contains("Done.", await told, StringComparison.Ordinal);
        Assert.DoesNotContain(DemoUser.Secret, await told, StringComparison.Ordinal);

        string Address(string resource) => platform.Address(resource, "http").ToString().TrimEnd('/');
    }
}
