package io.miniplane.operator.objects;

/** A part of a backend that runs in pods of its own. */
public enum Component {
    /** Answers HTTP. */
    API("api", "api"),
    /** Handles events and scheduled work. */
    WORKER("worker", "worker"),
    /** Answers a part of HTTP with a new version, while that is on trial. */
    CANARY("canary", "api");

    private final String label;
    private final String role;

    Component(String label, String role) {
        this.label = label;
        this.role = role;
    }

    /** Its name in labels and in the names of objects. */
    public String label() {
        return label;
    }

    /** The role of its servers. */
    String role() {
        return role;
    }

    /** What the names of the objects begin with that its pods have mounted: a new version must not change files of others. */
    String filesFor(String backend) {
        return this == CANARY ? nameFor(backend) : backend;
    }

    /** Name of the Deployment of a backend and of what belongs to it. */
    public String nameFor(String backend) {
        return backend + "-" + label;
    }
}
