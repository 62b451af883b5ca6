using Microsoft.Extensions.Configuration;

// One application for all tests that need an AppHost as a process: a service, something that leaves its session, and something
// that has children. Settings make it fail in the ways that the tests are about.
var builder = DistributedApplication.CreateBuilder(args);

var service = builder.AddProject<Projects.StandIns_Tests_Service>("service", launchProfileName: null)
    .WithHttpEndpoint(port: builder.Configuration.GetValue<int?>("Service:Port"))
    .WithHttpHealthCheck("/health")
    .WithEnvironment("Farewell", builder.Configuration["Farewell"] ?? "");
if (builder.Configuration["FailAtOnce"] is { } exitCode)
{
    service.WithEnvironment("FailAtOnce", exitCode);
}

// The shell starts a grandchild in a session of its own, which nobody but its environment ties to us, and one in its own.
builder.AddExecutable("family", "sh", ".", "-c", "setsid sleep 1000 & sleep 1000 & wait").WaitFor(service);

// Deaf to the polite signal.
builder.AddExecutable("stubborn", "sh", ".", "-c", "trap '' TERM; while :; do sleep 1; done").WaitFor(service);

// A secret that is generated once and kept.
var kept = builder.AddParameter("kept", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
builder.AddExecutable("secret", "sh", ".", "-c", "echo the secret is $KEPT").WithEnvironment("KEPT", kept);

if (builder.Configuration["Echo"] is not null)
{
    builder.AddExecutable("echo", "sh", ".", "-c", "env | sed 's/^/echo /'");
}

if (builder.Configuration["NeedParameters"] is not null)
{
    builder.AddParameter("first-needed");
    builder.AddParameter("second-needed", secret: true);
}

if (builder.Configuration["DescribeWrongly"] is not null)
{
    service.WaitFor(service);
}

builder.Build().Run();
