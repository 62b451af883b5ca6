using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Delegation.Servers.Tests.PostgreSQL;

namespace Delegation.Servers.Tests.Redis;

public sealed class References_to_Redis : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public References_to_Redis() => _builder = ServerRun.NewApplication(_folder);

    [Fact]
    public async Task The_connection_string_and_the_properties_are_those_of_the_package()
    {
        var redis = _builder.AddRedis("cache", port: null, _builder.AddParameter("cache-secret", "p@ss", secret: true)).Resource;
        var endpoint = redis.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 6380);

        Assert.Equal("localhost:6380,password=p@ss", await redis.GetConnectionStringAsync());
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Host"] = "localhost",
                ["Port"] = "6380",
                ["Password"] = "p@ss",
                ["Uri"] = "redis://:p%40ss@localhost:6380",
            },
            await References_to_PostgreSQL.PropertiesAsync(redis));
    }

    [Fact]
    public async Task The_generated_password_is_a_secret_parameter_without_a_comma()
    {
        var password = _builder.AddRedis("cache").Resource.PasswordParameter!;

        Assert.Equal("cache-password", password.Name);
        Assert.True(password.Secret);
        Assert.All((await password.GetValueAsync(default))!, character => Assert.True(char.IsAsciiLetterOrDigit(character)));
    }

    public void Dispose() => _folder.Dispose();
}
